/**
 * What the charts say by themselves, which a config may say otherwise. It is written only where it does, so that the file
 * of a service that says nothing of it stays short. A test compares with each chart's values.yaml.
 */
export const CHART_DEFAULTS = { minReadySeconds: 5, preStopSleepSeconds: 5, progressDeadlineSeconds: 600 } as const;

/** Those values that are there, and that the chart does not have by itself. */
export const unlikeChart = (
  values: Partial<Record<keyof typeof CHART_DEFAULTS, number | undefined>>,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, number] =>
        entry[1] !== undefined && entry[1] !== CHART_DEFAULTS[entry[0] as keyof typeof CHART_DEFAULTS],
    ),
  );
