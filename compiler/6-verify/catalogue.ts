/** What can be wrong with the output; the ids of the verify phase. Without patches these are bugs of a target. */
export const verifyCatalogue = {
  "verify/kubernetes-object": {
    summary: "A Kubernetes object does not fit the schema of its kind, or breaks a rule of it",
    why: "The API server would refuse it, or drop the field that it does not know. Rules are those in CEL that definitions of kinds carry (`x-kubernetes-validations`).",
  },
  "verify/chart-values": {
    summary: "Values do not fit the schema of their chart",
    why: "Helm would refuse to render the chart.",
  },
  "verify/duplicate-object": {
    summary: "Two files of one cluster hold the same object",
    why: "Two Applications would fight over it.",
  },
  "verify/not-applied": {
    summary: "A file that no Application of Argo CD reads",
    why: "It looks as if it were in force, and nothing ever applies it.",
  },
  "verify/applied-twice": {
    summary: "A file that two Applications of Argo CD read",
    why: "Each counts its objects as its own: they undo each other's changes, and the one that goes takes the objects along.",
  },
  "verify/another-cloud": {
    summary: "What is applied in one cloud names what is of another one",
    why: "Clouds share nothing, so that what goes wrong in staging stays there: an account, a state store, a network or an identity of another one is either refused or, worse, changed by whoever may change this one.",
  },
  "verify/refused-by-project": {
    summary: "A chart makes an object that the project of its Application does not admit",
    why: "Argo CD would apply nothing of the Application. Said by `eco-compile render`, which has the chart.",
  },
  "verify/undeclared-image": {
    summary: "The chart of an add-on runs an image that the add-on does not name",
    why: "Whoever may push to a registry runs code in the cluster: reviewers, policies and admission go by what `images` says. Said by `eco-compile render`, which has the chart.",
  },
  "verify/secret": {
    summary: "Something that looks like a secret stands in the output",
    why: "The output is in git, and git forgets nothing.",
  },
  "patch/no-match": {
    summary: "A patch matches nothing",
    why: "What it was meant to change stays as it is; usually something was renamed.",
  },
  "patch/invalid": {
    summary: "A patch cannot be applied",
    why: "Half a patch would be worse than none.",
  },
} as const satisfies Record<string, { summary: string; why: string }>;

export type VerifyId = keyof typeof verifyCatalogue;
