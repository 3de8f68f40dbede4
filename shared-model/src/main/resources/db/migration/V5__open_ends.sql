ALTER TABLE public.inspection ADD COLUMN asked_again_at timestamptz;
COMMENT ON COLUMN public.inspection.asked_again_at IS 'When a schedule last asked for it again, because it had been open for long; null if that never happened';

-- What ended before the last report has been counted, and nothing else; a report that a wrong clock dated in the future
-- is not the last. A default fills a column without a rewrite.
ALTER TABLE public.inspection ADD COLUMN reported boolean NOT NULL DEFAULT true;
ALTER TABLE public.inspection ALTER COLUMN reported SET DEFAULT false;
UPDATE public.inspection SET reported = false
WHERE finished_at IS NULL
   OR finished_at >= coalesce((SELECT max(period_end) FROM public.armoury_report WHERE period_end <= now()), '-infinity');
CREATE INDEX inspection_unreported ON public.inspection (id) WHERE finished_at IS NOT NULL AND NOT reported;

COMMENT ON COLUMN public.inspection.reported IS 'Whether a report has counted its outcome; each is counted once';
COMMENT ON TABLE public.armoury_report IS 'The state of the armoury at one moment, and the outcomes of inspections since the report before: each is counted in one report, whatever its time';
COMMENT ON COLUMN public.armoury_report.period_start IS 'Where the period of the report before ended';
COMMENT ON COLUMN public.armoury_report.period_end IS 'When the report was begun';
COMMENT ON COLUMN public.armoury_report.inspections_passed IS 'How many inspections passed that no report before had counted';

COMMENT ON COLUMN scheduling.schedule_firing.sent IS 'How many messages it sent, with those that were held back since one of the same unique key waited';
COMMENT ON COLUMN scheduling.firing_overview.handled IS 'How many of them are done, or were held back by their unique key';
