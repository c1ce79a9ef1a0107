-- Votes on answers, and what was handled before, of each site. `since`: what was signed before may have come already.
create table kb.feedback (
    site text not null, answer text not null, vote text not null, reason text, question text not null,
    lang text not null, status text not null, section text, door text not null, at text not null,
    number bigint generated always as identity, primary key (site, answer));
create index feedback_at on kb.feedback (site, at, number);
create table kb.seen (
    site text not null, key text not null, until double precision not null, stamp bigint, token text not null,
    primary key (site, key));
create index seen_until on kb.seen (site, until);
create table kb.memory (site text primary key, since bigint not null);
