import type { Severity } from "../diagnostics/diagnostic.ts";

/** What can be wrong with the inputs' form; the ids of the validate phase. */
export const validateCatalogue = {
  "schema/unknown-key": {
    summary: "A key that the vocabulary does not have",
    why: "An unknown key would be ignored, and what it was meant to say would silently not happen. Where an object that the section makes has such a key, and nothing of the config sets it, the hint is a patch to be pasted.",
  },
  "schema/missing-key": {
    summary: "A key that must be there is not",
    why: "Nothing sensible can be assumed in its place.",
  },
  "schema/wrong-type": {
    summary: "A value of another type than its field takes",
    why: "A number in quotes or a list where one value belongs means something else than it seems to.",
  },
  "schema/wrong-unit": {
    summary: "A text that is not in its field's unit or form",
    why: "Durations, sizes, money, percentages and networks are read by machines; a guess about the unit would be wrong for somebody.",
  },
  "schema/not-one-of": {
    summary: "A value that is not among those the field takes",
    why: "Each value names a behaviour that is implemented; there is none behind another word.",
  },
  "schema/out-of-range": {
    summary: "A number, a quantity or a list outside the bounds of its field",
    why: "Beyond these bounds the systems that read the output refuse it.",
  },
  "schema/repeated": {
    summary: "A list that says the same thing twice",
    why: "Whichever entry came last would win, or the systems that read the output refuse both; usually one of the two was meant to be something else.",
  },
  "differences/fixed": {
    summary: "Something differs between environments or clusters that cannot",
    why: "Who owns a service, what kind of thing it is and where it runs make it this service: elsewhere it would be another one. A team is reached in one place, and its namespace is a part of the addresses of its services.",
  },
  "differences/unplaced": {
    severity: "warning",
    summary:
      "Something differs in an environment or on a cluster where the service does not run, or the team has no services",
    why: "It changes nothing, and whoever reads it takes the service, or the team, for running something there.",
  },
  "differences/same": {
    severity: "warning",
    summary: "What differs in an environment or on a cluster is what holds there anyway",
    why: "Whoever changes the service later will think that it changes everywhere, and here it stays.",
  },
  "values/unknown-port": {
    summary: "An address names a port that the service does not have",
    why: "Nothing answers there, and the network is open to declared ports alone.",
  },
  "values/which-port": {
    summary: "An address leaves open which of several ports it means",
    why: "A guess would be wrong for somebody, and change with the next port that is declared.",
  },
  "values/no-url": {
    summary: "A URL of a port that speaks plain TCP",
    why: "Whoever is given it would speak HTTP to something that does not understand it.",
  },
  "reference/unknown": {
    summary: "A reference to a name that is declared nowhere",
    why: "What it was meant to connect would stay unconnected.",
  },
  "reference/shared-identity": {
    summary: "Two accounts of one kind of cloud are applied with one identity",
    why: "Whoever may change staging could then change production: accounts are apart for nothing. An identity for each, with rights in its own account alone, keeps a bad change where it was made.",
  },
  "reference/environment-order": {
    summary: "Environments do not make one chain",
    why: "Changes move from the first environment to the last; with two starts, a gap or a loop there is no such way.",
  },
  "tuning/not-tunable": {
    summary: "A proposal changes something that is not tunable",
    why: "Runtime components may only change what the config hands to them, with `tunable()`.",
  },
  "tuning/out-of-bounds": {
    summary: "A proposal sets a tunable outside its bounds",
    why: "The bounds are what people have agreed to; no component may widen them.",
  },
  "tuning/repeated-id": {
    summary: "Two proposals have the same id",
    why: "An id is how people and components refer to a proposal; usually a merge kept both sides of a conflict.",
  },
  "tuning/expired": {
    summary: "A proposal is accepted after it has expired",
    why: "Its evidence speaks of a load that may be gone. Only `check --as-of` judges it: the compiler itself reads no clock.",
  },
  "config/secret": {
    summary: "Something that looks like a secret stands in the config",
    why: "The config is in git, and git forgets nothing: everybody who can read the repository, now or later, has it.",
  },
  "images/unknown-service": {
    severity: "warning",
    summary: "A digest for a service or an environment that is not declared",
    why: "It has no effect; usually a service was renamed or removed and its digests were left behind.",
  },
} as const satisfies Record<string, { severity?: Severity; summary: string; why: string }>;

export type ValidateId = keyof typeof validateCatalogue;
