/** What all of a team's releases are judged by, patiently. */
export const patiently = (...slos: string[]) => ({
  slos,
  // long enough for a quiet night
});

export const DONE = "sum(increase(jobs_done_total{$selector}[$window]))";
