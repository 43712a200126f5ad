-- What one office's words mean must not decide for another: what was learnt county-wide cannot be attributed and is dropped.
delete from ledger_memory;
alter table ledger_memory drop constraint ledger_memory_pkey;
alter table ledger_memory add column owner text not null;
alter table ledger_memory add primary key (county, owner, signature);
comment on table ledger_memory is 'How the people of one body (owner; an account without a body stands for itself) have mapped a header and its words before. Signature * holds words that every layout of theirs may use.';

-- True when a person has said which unit of the directory the row is about, or that it is about none (unit_id null).
alter table ledger_import_row add column unit_fixed boolean not null default false;
create index ledger_import_upload on ledger_import (county, upload_id);
