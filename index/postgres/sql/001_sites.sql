-- What stays: the pointer of each site, and which generations a site has published. A generation's files have a schema
-- of their own, g_<its name>, which several sites may share.
create table kb.site (
    name text primary key, generation text not null, pointer bytea not null, version bigint not null,
    at timestamptz not null default now());
create table kb.published (
    site text not null, generation text not null, at timestamptz not null, primary key (site, generation));
