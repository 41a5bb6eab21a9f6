/** What all of a team's releases are judged by, patiently. */
export const patiently = (...slos: string[]) => ({
  slos,
  window: "5m", // long enough for a quiet night
  interval: "1m",
  count: 3,
  failureLimit: 1,
});

export const DONE = "sum(increase(jobs_done_total{$selector}[$window]))";
