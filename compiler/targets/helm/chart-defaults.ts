/**
 * What the charts say by themselves, which a config may say otherwise. It is written only where it does, so that the file
 * of a service that says nothing of it stays short. A test compares with each chart's values.yaml.
 */
export const CHART_DEFAULTS = { preStopSleepSeconds: 5 } as const;

/** Those values that the chart does not have by itself. */
export const unlikeChart = (values: Partial<Record<keyof typeof CHART_DEFAULTS, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => value !== CHART_DEFAULTS[key as keyof typeof CHART_DEFAULTS]),
  );
