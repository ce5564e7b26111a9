"""The search of what is written: run by the tables' owner, so that the full-text indexes work
(row-level security bars them to the application), leaving out by itself whatever is hidden."""

from django.db import migrations

SEARCH = """
SET LOCAL check_function_bodies = off;
CREATE OR REPLACE FUNCTION records_search(words text, most integer)
RETURNS TABLE (
    source text, source_id bigint, child_id bigint, about bigint[],
    happened_on date, title text, excerpt text
)
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = pg_catalog, public AS $$
    WITH found AS (
        (SELECT 'note' AS source, n.id AS source_id, NULL::bigint AS child_id, n.about,
                (n.happened_at AT TIME ZONE 'Europe/London')::date AS happened_on,
                n.headline::text AS title, n.headline || ' ' || n.text || ' ' || n.present AS text
         FROM records_casenote n
         WHERE to_tsvector('english'::regconfig, COALESCE(n.headline, '') || ' ' || COALESCE(n.text, '') || ' ' || COALESCE(n.present, '')) @@ websearch_to_tsquery('english', words)
           AND n.withdrawn_at IS NULL AND NOT n.about && hearth_hidden()
         LIMIT 2000)
        UNION ALL
        (SELECT 'note', n.id, p.child_id, n.about,
                (n.happened_at AT TIME ZONE 'Europe/London')::date, n.headline, p.text
         FROM records_notechild p JOIN records_casenote n ON n.id = p.note_id
         WHERE to_tsvector('english'::regconfig, COALESCE(p.text, '')) @@ websearch_to_tsquery('english', words)
           AND n.withdrawn_at IS NULL AND NOT n.about && hearth_hidden()
           AND p.child_id <> ALL (hearth_hidden())
         LIMIT 2000)
        UNION ALL
        (SELECT 'visit', v.id, NULL, v.about,
                (v.happened_at AT TIME ZONE 'Europe/London')::date, v.kind,
                concat_ws(' ', v.account, v.home, v.worries, v.agreed, v.present, v.place)
         FROM records_visit v
         WHERE to_tsvector('english'::regconfig, COALESCE(v.account, '') || ' ' || COALESCE(v.home, '') || ' ' || COALESCE(v.worries, '') || ' ' || COALESCE(v.agreed, '') || ' ' || COALESCE(v.present, '') || ' ' || COALESCE(v.place, '')) @@ websearch_to_tsquery('english', words)
           AND v.withdrawn_at IS NULL AND v.state <> 'cancelled'
           AND NOT v.about && hearth_hidden()
         LIMIT 2000)
        UNION ALL
        (SELECT 'visit', v.id, p.child_id, v.about, p.happened_on, v.kind,
                p.own_words || ' ' || p.observation
         FROM records_visitchild p JOIN records_visit v ON v.id = p.visit_id
         WHERE to_tsvector('english'::regconfig, COALESCE(p.own_words, '') || ' ' || COALESCE(p.observation, '')) @@ websearch_to_tsquery('english', words)
           AND NOT p.withdrawn AND v.withdrawn_at IS NULL AND NOT v.about && hearth_hidden()
           AND p.child_id <> ALL (hearth_hidden())
         LIMIT 2000)
        UNION ALL
        (SELECT CASE WHEN a.note_id IS NULL THEN 'visit' ELSE 'note' END,
                coalesce(a.note_id, a.visit_id), a.child_id, a.about,
                (a.recorded_at AT TIME ZONE 'Europe/London')::date,
                coalesce(n.headline, v.kind), a.text
         FROM records_addition a
         LEFT JOIN records_casenote n ON n.id = a.note_id
         LEFT JOIN records_visit v ON v.id = a.visit_id
         WHERE to_tsvector('english'::regconfig, COALESCE(a.text, '')) @@ websearch_to_tsquery('english', words)
           AND n.withdrawn_at IS NULL AND v.withdrawn_at IS NULL
           AND NOT a.about && hearth_hidden()
         LIMIT 2000)
        UNION ALL
        (SELECT 'document', d.id, NULL, d.about,
                coalesce(d.dated_on, (d.recorded_at AT TIME ZONE 'Europe/London')::date),
                d.title, concat_ws(' ', d.description, d.source)
         FROM records_document d
         WHERE to_tsvector('english'::regconfig, COALESCE(d.title, '') || ' ' || COALESCE(d.description, '') || ' ' || COALESCE(d.source, '')) @@ websearch_to_tsquery('english', words)
           AND d.withdrawn_at IS NULL AND NOT d.about && hearth_hidden()
         LIMIT 2000)
    ), newest AS (
        SELECT * FROM found WHERE hearth_worker() IS NOT NULL
        ORDER BY happened_on DESC NULLS LAST, source_id DESC LIMIT most
    )
    SELECT source, source_id, child_id, about, happened_on, title,
           ts_headline('english', text, websearch_to_tsquery('english', words),
                       U&'StartSel=\\E000, StopSel=\\E001, MaxWords=30, MinWords=12')
    FROM newest ORDER BY happened_on DESC NULLS LAST, source_id DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0002_notes_visits_documents"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(SEARCH, reverse_sql="DROP FUNCTION IF EXISTS records_search(text, integer)")
    ]
