// The tables of the tree. See tree.ts for why hashes are kept in runs.

export const TREE_TABLES = `
create table if not exists tree (one integer primary key check (one = 1), size integer not null) strict;
insert or ignore into tree values (1, 0);
create table if not exists tree_runs (id integer primary key, hashes blob not null) strict;
create table if not exists tree_policies (hash text primary key, seq integer not null) strict, without rowid;
create table if not exists checkpoints (size integer primary key, root blob not null, at integer not null,
  note text not null, witnessed integer not null) strict;
`;
