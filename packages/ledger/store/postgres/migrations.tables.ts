// The layout, as the steps that lead to it. A step that was released is never changed: what follows is a step of its own.
// Forward only, each in one transaction. It must not know who runs them.

export const MIGRATIONS: readonly string[] = [
  `
-- One row, locked by whoever appends until his commit: positions have no gaps, and no snapshot sees a later entry without
-- the earlier ones.
create table counter (one boolean primary key default true check (one), next_seq bigint not null, month integer not null)
  with (fillfactor = 20);
insert into counter values (true, 0, 0);

-- A gateway as long as it lives. Whoever has ended cannot append any more.
create table gateways (
  id bigint generated always as identity primary key, name text not null, started timestamptz not null default now(),
  beat bigint not null default 0, batch bigint not null default 0, first_seq bigint not null default 0,
  ended boolean not null default false) with (fillfactor = 40);

create table entries (
  seq bigint not null, month integer not null, gateway bigint not null,
  header bytea not null, key bytea, marks bytea, body bytea, primary key (seq, month)) partition by list (month);
-- Sealed bodies do not compress.
alter table entries alter column body set storage external, alter column key set storage external;

-- Everything below is made from headers, behind, up to here, and could be made anew.
create table indexed (one boolean primary key default true check (one), next_seq bigint not null, month integer not null)
  with (fillfactor = 40);
insert into indexed values (true, 0, 0);

create table names (id integer generated always as identity primary key, value text not null unique);
create table exchanges (
  seq bigint primary key, month integer not null, id text not null, at bigint not null, gateway bigint not null,
  state smallint not null, end_seq bigint, end_month integer, size bigint, latency bigint) with (fillfactor = 85);
create index exchange_ids on exchanges (id);
create index exchanges_by_time on exchanges (at, seq);
create index exchanges_open on exchanges (gateway) where state < 2;
create table terms (term integer not null, at bigint not null, seq bigint not null, primary key (term, at, seq));
create table marks (mark bytea not null, at bigint not null, seq bigint not null, primary key (mark, at, seq));
create index marks_by_exchange on marks (seq);
create table middles (exchange bigint not null, seq bigint not null, month integer not null, primary key (exchange, seq));
create table acts (seq bigint primary key, month integer not null, at bigint not null);
create index acts_by_time on acts (at, seq);

create table changes (what text primary key, n bigint not null);
insert into changes values ('keys', 0), ('switches', 0), ('approvals', 0), ('config', 0);

create table gateway_keys (
  id text primary key, name text not null, hash text not null unique, owner text not null, groups text not null,
  connections text, created_at bigint not null, expires_at bigint, revoked_at bigint);

create table approvals (
  id text primary key, digest text not null, exchange text not null, principal text not null, person text not null,
  connection text not null, operation text not null, model text not null, policy text not null,
  rules text not null, findings text not null, groups text not null, minimum integer not null,
  created_at bigint not null, expires_at bigint not null, status text not null,
  -- Whose attempt is under way; null when none is.
  attempts integer not null default 0, busy bigint, closed_at bigint);
create index approvals_by_digest on approvals (digest);
create index approvals_by_status on approvals (status, created_at);
create index approvals_by_time on approvals (created_at);
create index approvals_pending on approvals (principal) where status = 'pending';
create table votes (
  approval text not null, person text not null, approve boolean not null, at bigint not null, reason text not null,
  primary key (approval, person));
create table grants (
  id text primary key, person text not null, connection text not null, rule text not null, until bigint not null,
  approvers text not null, reason text not null, revoked boolean not null default false);
create index grants_by_person on grants (person, connection);

create table stops (connection text primary key, stopped_by text not null, at bigint not null, reason text not null);
create table glasses (
  id text primary key, subject text not null, connection text not null, reason text not null,
  requested_by text not null, confirmed_by text, minutes bigint not null, until bigint,
  closed boolean not null default false);

create table usage (key text primary key, slot bigint not null, requests bigint not null, bytes bigint not null);
create table configs (
  n bigint generated always as identity primary key, hash text not null, text text not null, by text not null, at bigint not null);
create index configs_by_hash on configs (hash);

-- Appends a batch and commits: one round trip, one flush. The four parts of each entry lie one after another in
-- \`bytes\`; a length of -1 is a part that is not there. Gives the position of the first.
create function sluice_append(mine bigint, number bigint, bytes bytea, headers integer[], keys integer[], marks integer[], bodies integer[])
returns bigint language plpgsql as $$
declare first bigint; this_month integer;
begin
  update counter set next_seq = next_seq + cardinality(headers),
    month = greatest(month, extract(year from now())::integer * 100 + extract(month from now())::integer)
    returning next_seq - cardinality(headers), month into first, this_month;
  if mine > 0 then
    update gateways set batch = number, first_seq = first, beat = beat + 1 where id = mine and not ended;
    if not found then raise exception 'the gateway has ended' using errcode = 'SL001'; end if;
  end if;
  insert into entries (seq, month, gateway, header, key, marks, body)
    select first + n - 1, this_month, mine,
      substring(bytes from start for h),
      case when k >= 0 then substring(bytes from start + h for k) end,
      case when m >= 0 then substring(bytes from start + h + greatest(k, 0) for m) end,
      case when b >= 0 then substring(bytes from start + h + greatest(k, 0) + greatest(m, 0) for b) end
    from (select n, h, k, m, b, 1 + (sum(h + greatest(k, 0) + greatest(m, 0) + greatest(b, 0)) over (order by n)
        - h - greatest(k, 0) - greatest(m, 0) - greatest(b, 0))::integer as start
      from unnest(headers, keys, marks, bodies) with ordinality as u (h, k, m, b, n)) as placed;
  return first;
end $$;
`,
  `
-- The Merkle tree over the entries: how many it has, its hashes by level in runs of 32, and what was signed of it.
create table tree (one boolean primary key default true check (one), size bigint not null) with (fillfactor = 40);
insert into tree values (true, 0);
create table tree_runs (level smallint not null, run bigint not null, hashes bytea not null, primary key (level, run));
alter table tree_runs alter column hashes set storage plain;
create table tree_policies (hash text primary key, seq bigint not null);
create table checkpoints (size bigint primary key, root bytea not null, at bigint not null, note text not null, witnessed boolean not null);
`,
];
