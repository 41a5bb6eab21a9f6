const GROUP = "policy/";

/** The id of what a policy finds. */
export const policyCheck = (policy: string): string => `${GROUP}${policy}`;

/** The policy that an id is of; undefined for all other checks. */
export const policyOf = (id: string): string | undefined => (id.startsWith(GROUP) ? id.slice(GROUP.length) : undefined);
