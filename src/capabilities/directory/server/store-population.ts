import { type RawBuilder, sql } from 'kysely'

/**
 * Who there is, as rows that populations of duties are drawn from. Fragments and no answers: the caller joins them to its
 * own tables in the database, where twenty thousand units stay.
 */
export interface PopulationRows {
  /** id, name, area, sectors, tags, scale, belonging, kind, registered_on, high_risk of units in business. */
  units(county: string, unitId?: string): RawBuilder<unknown>
  /** person_id, name, unit_id, kind, from_day of posts held now. */
  posts(county: string, unitId?: string): RawBuilder<unknown>
  /** id, name, kind, area. */
  bodies(county: string): RawBuilder<unknown>
  /** code, name, supervised, body_id. */
  areas(county: string): RawBuilder<unknown>
  /** id, name, and the body that leads it, of sectors somebody leads. */
  sectors(county: string): RawBuilder<unknown>
}

export const populationRows: PopulationRows = {
  units: (county, unitId) => sql`(
    select u.id, u.name, u.area, u.sectors, u.tags, u.scale, u.belonging, u.kind, u.registered_on,
      coalesce((u.high_risk_override->>'value')::boolean, u.sectors && array(
        select s.id from sector s where s.county = ${county} and s.high_risk)) as high_risk
    from unit u where u.county = ${county} and u.state = 'active'${unitId ? sql` and u.id = ${unitId}` : sql``})`,
  posts: (county, unitId) => sql`(
    select p.person_id, n.name, p.unit_id, p.kind, p.from_day
    from post p join person n on n.county = p.county and n.id = p.person_id
    where p.county = ${county} and p.to_day is null${unitId ? sql` and p.unit_id = ${unitId}` : sql``})`,
  bodies: (county) => sql`(
    select b.id, b.name, b.kind, b.area from body b where b.county = ${county} and b.active)`,
  areas: (county) => sql`(
    select a.code, a.name, a.supervised, a.body_id from area a where a.county = ${county} and a.active)`,
  sectors: (county) => sql`(
    select distinct on (s.id) s.id, s.name, m.body_id
    from sector s join matrix_entry m on m.county = s.county and m.sector_id = s.id and m.role in ('lead', 'joint')
    where s.county = ${county} and s.active order by s.id, m.ord)`,
}
