/** What services mean in each environment, as format 1 and format 2 are documented: apart from how either is implemented. */

type Data = Record<string, unknown>;
const ENVIRONMENTS = ["dev", "staging", "production", "pre-prod"];
const isObject = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** By service and environment. */
type Meaning = Record<string, Record<string, Data>>;

const meaning = (config: unknown, effective: (service: Data, environment: string) => Data): Meaning =>
  Object.fromEntries(
    Object.entries((config as { services: Record<string, Data> }).services).map(([name, service]) => [
      name,
      Object.fromEntries(ENVIRONMENTS.map((environment) => [environment, effective(service, environment)])),
    ]),
  );

/**
 * Format 1: entries of `overrides` in order, the last one wins; sections field by field, variables and files key by
 * key.
 */
export const meaningThen = (config: unknown): Meaning =>
  meaning(config, ({ overrides = [], placement, ...service }, environment) => {
    const result = structuredClone(service);
    for (const { environment: name, ...sections } of overrides as Data[]) {
      if (name !== environment) continue;
      for (const [section, fields] of Object.entries(sections as Record<string, Data>)) {
        const target = ((result[section] as Data | undefined) ?? {}) as Data;
        result[section] = target;
        for (const [field, value] of Object.entries(fields))
          target[field] =
            section === "config" && field !== "mountPath" ? { ...(target[field] as Data), ...(value as Data) } : value;
      }
    }
    return { ...result, clusters: placement };
  });

/** Format 2: `in` is a merge patch (RFC 7396), but that what has a `kind` is replaced. */
export const meaningNow = (config: unknown): Meaning =>
  meaning(config, ({ in: differences = {}, placement, ...service }, environment) => ({
    ...(merged(service, (differences as Data)[environment] ?? {}) as Data),
    clusters: isObject(placement) ? placement["clusters"] : placement,
  }));

function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch) || "kind" in patch) return patch;
  const result: Data = isObject(target) && !("kind" in target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}
