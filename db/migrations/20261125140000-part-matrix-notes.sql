-- A participant's note stands beside its clause, so that screens can show both. Packs already installed carried the two in
-- one text, so their mark goes: the next start installs them again.

alter table matrix_entry add column note text not null default '';
comment on table matrix_entry is 'The 三管三必须 matrix: which body leads a sector, alone (lead) or with others (joint), and who takes part. source is the clause, note what is to be known about the entry.';

delete from setting where key = 'pack.hash';
