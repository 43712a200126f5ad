-- Duties ask for the reports of one hazard as they were filed, whatever has been merged since: with every self-check.
drop index concurrently if exists hazard_report_filed;
create index concurrently hazard_report_filed on hazard_report (county, filed_under);
