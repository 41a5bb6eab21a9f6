/** What a person got wrong: told in a sentence, without a stack. */
export class Mistake extends Error {}
