-- Questions that were not (wholly) answered, if they shall be kept; how many were asked, and how long the slowest took.
create table kb.question (
    site text not null, id text not null, question text not null, lang text not null, status text not null,
    section text, took_ms double precision not null, at text not null, number bigint generated always as identity,
    primary key (site, id));
create index question_at on kb.question (site, at, number);
create table kb.asked (
    site text not null, day text not null, lang text not null, status text not null, section text not null,
    count bigint not null, slowest double precision not null, primary key (site, day, lang, status, section));
