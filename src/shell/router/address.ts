/** True, false and lists are no words in an address as the router writes it. */
function readValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.startsWith('[') ? JSON.parse(text) : text
}

/** The page of a standing, such as `/hazards?level=major&stock=true`, as the router takes it. */
export function partsOf(list: string): { readonly to: string; readonly search: Readonly<Record<string, unknown>> } {
  const [to = '/', query = ''] = list.split('?')
  const entries = [...new URLSearchParams(query)].map(([name, text]) => [name, readValue(text)] as const)
  return { to, search: Object.fromEntries(entries) }
}
