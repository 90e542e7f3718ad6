/** Where everything of the gateway is in a database. */
export const SCHEMA = "claude_on_aws_gateway";

/** The version of {@link SCHEMA_STATEMENTS}; functions have it in their names, so that two versions can be at work at once. */
export const SCHEMA_VERSION = 1;

/**
 * Makes the schema. A key is one row with the sums of its slots, so that whoever takes from it waits for nobody but who takes
 * from it too; rows are locked in the order of their keys, so that nobody waits in a circle. The clock is read when the rows
 * are locked: the time of a statement is that at which it happens, not that at which it began to wait.
 *
 * Everything goes in and comes out as JSON text, so that no type of the database has to be known to the client.
 */
export const SCHEMA_STATEMENTS: string = `
create schema if not exists ${SCHEMA};

create table if not exists ${SCHEMA}.version (version int not null);

create table if not exists ${SCHEMA}.sums (
  key text collate "C" primary key,
  slots bigint[] not null,
  sums bigint[] not null,
  stale_at bigint not null
) with (fillfactor = 50);
create index if not exists sums_stale on ${SCHEMA}.sums (stale_at);

create table if not exists ${SCHEMA}.reservations (
  id text collate "C" primary key,
  expires_at bigint not null,
  keys text[] not null,
  slots bigint[] not null,
  amounts bigint[] not null
);
create index if not exists reservations_expire on ${SCHEMA}.reservations (expires_at);

create or replace function ${SCHEMA}.now_ms() returns bigint language plpgsql volatile
as $$ begin return floor(extract(epoch from clock_timestamp()) * 1000); end $$;

create or replace function ${SCHEMA}.slot_1(kind text, width bigint, ms bigint) returns bigint language plpgsql immutable
as $$
begin
  return case kind
    when 'day' then ms / 86400000
    when 'week' then (ms / 86400000 + 3) / 7
    when 'month' then extract(year from to_timestamp(ms / 1000) at time zone 'UTC') * 12
      + extract(month from to_timestamp(ms / 1000) at time zone 'UTC') - 1
    else ms / width end;
end $$;

-- What counts of some keys at a moment, in the order in which they are asked for. Not in SQL: that is planned at each call.
create or replace function ${SCHEMA}.states_1(charges jsonb, at_ms bigint) returns jsonb language plpgsql stable
as $$
declare
  found jsonb;
begin
  select jsonb_agg(jsonb_build_array(coalesce(u.used, 0), s.current, coalesce(u.oldest, s.current)) order by c.place)
    into found
    from jsonb_to_recordset(charges) as c(place int, key text, kind text, width bigint, back int, ahead int)
    cross join lateral (select ${SCHEMA}.slot_1(c.kind, c.width, at_ms) as current offset 0) s
    left join ${SCHEMA}.sums t on t.key = c.key collate "C"
    left join lateral (
      select sum(x.sum) as used, min(x.slot) filter (where x.sum > 0) as oldest
      from unnest(t.slots, t.sums) as x(slot, sum)
      where x.slot between s.current - c.back and s.current + c.ahead
    ) u on true;
  return coalesce(found, '[]');
end $$;

create or replace function ${SCHEMA}.read_1(charges text) returns text language plpgsql volatile
as $$
declare
  at_ms bigint := ${SCHEMA}.now_ms();
begin
  return jsonb_build_array(at_ms, ${SCHEMA}.states_1(charges::jsonb, at_ms))::text;
end $$;

create or replace function ${SCHEMA}.take_1(request text) returns text language plpgsql volatile
as $$
declare
  asked jsonb := request::jsonb;
  charges jsonb := asked->'charges';
  wanted int := jsonb_array_length(charges);
  locked int;
  at_ms bigint;
  states jsonb;
  fits boolean;
begin
  -- Whatever the database does otherwise: what is admitted is not forgotten.
  if current_setting('synchronous_commit') in ('off', 'local') then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  loop
    perform 1 from ${SCHEMA}.sums
      where key in (select c.key from jsonb_to_recordset(charges) as c(key text))
      order by key for update;
    get diagnostics locked = row_count;
    exit when locked = wanted;
    insert into ${SCHEMA}.sums (key, slots, sums, stale_at)
      select c.key, array_fill(-1::bigint, array[c.size]), array_fill(0::bigint, array[c.size]),
        ${SCHEMA}.now_ms() + c.keep
      from jsonb_to_recordset(charges) as c(key text, size int, keep bigint)
      order by c.key collate "C"
      on conflict do nothing;
  end loop;
  at_ms := ${SCHEMA}.now_ms();
  if exists (select 1 from ${SCHEMA}.reservations where id = asked->>'id') then
    return jsonb_build_array(true, at_ms, ${SCHEMA}.states_1(charges, at_ms), false)::text;
  end if;
  states := ${SCHEMA}.states_1(charges, at_ms);
  select coalesce(bool_and(c.amount = 0 or (states->c.place->>0)::numeric + c.amount <= c.most), true) into fits
    from jsonb_to_recordset(charges) as c(place int, amount bigint, most bigint);
  if not fits then
    return jsonb_build_array(false, at_ms, states, false)::text;
  end if;
  update ${SCHEMA}.sums t
    set slots[c.cell] = c.slot,
      sums[c.cell] = case when t.slots[c.cell] = c.slot then t.sums[c.cell] else 0 end + c.amount,
      stale_at = greatest(t.stale_at, at_ms + c.keep)
    from (
      select r.key, r.amount, r.keep, slot, (slot % r.size + 1)::int as cell
      from jsonb_to_recordset(charges)
        as r(key text, kind text, width bigint, size int, later int, amount bigint, keep bigint)
      cross join lateral (select ${SCHEMA}.slot_1(r.kind, r.width, at_ms) + r.later as slot offset 0) s
    ) c
    where t.key = c.key collate "C";
  insert into ${SCHEMA}.reservations (id, expires_at, keys, slots, amounts)
    select asked->>'id', at_ms + (asked->>'lifetime')::bigint,
      coalesce(array_agg(r.key), '{}'),
      coalesce(array_agg(${SCHEMA}.slot_1(r.kind, r.width, at_ms) + r.later), '{}'),
      coalesce(array_agg(r.amount), '{}')
    from jsonb_to_recordset(charges) as r(key text, kind text, width bigint, later int, amount bigint);
  return jsonb_build_array(true, at_ms, states, true)::text;
end $$;

-- Puts amounts in place of those that an id holds, whose sums are locked.
create or replace function ${SCHEMA}.put_1(held ${SCHEMA}.reservations, amounts bigint[]) returns void
language plpgsql volatile
as $$
declare
begin
  for place in 1 .. coalesce(array_length(held.keys, 1), 0) loop
    continue when amounts[place] = held.amounts[place];
    update ${SCHEMA}.sums t
      set sums[held.slots[place] % array_length(t.slots, 1) + 1] =
        greatest(0, t.sums[held.slots[place] % array_length(t.slots, 1) + 1] + amounts[place] - held.amounts[place])
      where t.key = held.keys[place] collate "C"
        and t.slots[held.slots[place] % array_length(t.slots, 1) + 1] = held.slots[place];
  end loop;
end $$;

create or replace function ${SCHEMA}.settle_1(request text) returns void language plpgsql volatile
as $$
declare
  asked jsonb := request::jsonb;
  held ${SCHEMA}.reservations;
  said jsonb;
  changed bigint[];
begin
  -- If a crash forgets it, what was taken stays counted; and whoever waits for the sums waits for no disk.
  perform set_config('synchronous_commit', 'off', true);
  -- The sums first and in their order, as whoever takes does; an id belongs to one gateway.
  perform 1 from ${SCHEMA}.sums
    where key in (
      select unnest(r.keys) from ${SCHEMA}.reservations r
      where r.id in (select jsonb_array_elements(asked)->>'id')
    )
    order by key for update;
  for held in
    select r.* from ${SCHEMA}.reservations r
    where r.id in (select jsonb_array_elements(asked)->>'id') and r.expires_at > ${SCHEMA}.now_ms()
    order by r.id for update
  loop
    select e into said from jsonb_array_elements(asked) e where e->>'id' = held.id limit 1;
    select coalesce(array_agg(coalesce((said->'amounts'->>k.key)::bigint, k.amount) order by k.place), '{}') into changed
      from unnest(held.keys, held.amounts) with ordinality as k(key, amount, place);
    perform ${SCHEMA}.put_1(held, changed);
    if (said->>'isFinal')::boolean then
      delete from ${SCHEMA}.reservations where id = held.id;
    else
      update ${SCHEMA}.reservations set amounts = changed where id = held.id;
    end if;
  end loop;
end $$;

-- Gives back what an id holds, or will hold: who gave up on it is not charged when the statement that takes comes late.
create or replace function ${SCHEMA}.give_up_1(asked_id text, known_ms bigint) returns void language plpgsql volatile
as $$
declare
  locked_keys text[];
  held ${SCHEMA}.reservations;
  made int;
begin
  loop
    select keys into locked_keys from ${SCHEMA}.reservations where id = asked_id;
    perform 1 from ${SCHEMA}.sums where key = any(locked_keys) order by key for update;
    select * into held from ${SCHEMA}.reservations where id = asked_id for update;
    if found then
      continue when held.keys is distinct from locked_keys;
      perform ${SCHEMA}.put_1(held, array_fill(0::bigint, array[coalesce(array_length(held.keys, 1), 0)]));
      update ${SCHEMA}.reservations
        set keys = '{}', slots = '{}', amounts = '{}', expires_at = ${SCHEMA}.now_ms() + known_ms
        where id = asked_id;
      exit;
    end if;
    insert into ${SCHEMA}.reservations (id, expires_at, keys, slots, amounts)
      values (asked_id, ${SCHEMA}.now_ms() + known_ms, '{}', '{}', '{}')
      on conflict do nothing;
    get diagnostics made = row_count;
    exit when made = 1;
  end loop;
end $$;

create or replace function ${SCHEMA}.renew_1(ids text, lifetime bigint) returns void language plpgsql volatile
as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  update ${SCHEMA}.reservations set expires_at = ${SCHEMA}.now_ms() + lifetime
    where id in (select jsonb_array_elements_text(ids::jsonb));
end $$;

-- Forgets what expired and what counts no more, a part at a time, without waiting for anybody.
create or replace function ${SCHEMA}.sweep_1(most int) returns void language plpgsql volatile
as $$
declare
  at_ms bigint := ${SCHEMA}.now_ms();
begin
  delete from ${SCHEMA}.reservations where id in (
    select id from ${SCHEMA}.reservations where expires_at <= at_ms limit most for update skip locked);
  delete from ${SCHEMA}.sums where key in (
    select key from ${SCHEMA}.sums where stale_at <= at_ms limit most for update skip locked);
end $$;
`;
