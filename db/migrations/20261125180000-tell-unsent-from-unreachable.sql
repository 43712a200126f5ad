-- A notice for which no way out is set up was never tried: it is not the fault that 'undeliverable' tells of.
alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check
  check (state in ('queued', 'sent', 'failed', 'undeliverable', 'inboxOnly'));
update delivery set state = 'inboxOnly' where state = 'undeliverable' and attempts = 0;
comment on column delivery.state is 'inboxOnly: never tried, because no way out was set up; undeliverable: tried, and the recipient has no address.';
