import { type ReactNode, useState } from 'react'
import { roles } from '#kernel/grants.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { openOffice } from '#shell/phone/entry.ts'
import { Card, ErrorNote } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { signOut } from '#shell/session/operations.ts'
import { useSession } from '#shell/session/session.tsx'

/** Who is signed in and in which capacity; the password, the office application, signing out. */
export function MeScreen(): ReactNode {
  const session = useSession()
  const [problem, setProblem] = useState<unknown>()
  const leave = async () => {
    try {
      await signOut()
      window.location.assign('/m/')
    } catch (error) {
      setProblem(asApiProblem(error))
    }
  }
  return (
    <>
      <Card title={`${session.name}（${session.login}）`}>
        <ul>
          {session.grants.map((grant) => (
            <li key={`${grant.role}${grant.unitId}${grant.bodyId}${grant.area}`}>
              {roles[grant.role]} · {grant.unitName ?? grant.bodyName ?? grant.areaName}
            </li>
          ))}
        </ul>
        <p className="p-hint">{session.countyName}</p>
      </Card>
      {problem !== undefined && <ErrorNote error={problem} />}
      <Link to="/account/password" className="p-button">
        修改密码
      </Link>
      <button type="button" className="p-button" onClick={openOffice}>
        切换到电脑版
      </button>
      <button type="button" className="p-button p-danger" onClick={() => void leave()}>
        退出登录
      </button>
    </>
  )
}
