/**
 * The families of names that a config declares and refers to. The model is generic over them: with the defaults it is
 * the concrete model that the JSON schema is made from; `defineEcosystem` instantiates it with the literal names it
 * infers from the keys, which is how a misspelt reference becomes an error at its literal in the editor.
 */
export interface Names {
  environment: string;
  team: string;
  gcpRegion: string;
  awsRegion: string;
  azureRegion: string;
  cluster: string;
  secret: string;
  slo: string;
  rollout: string;
  experiment: string;
  alertRoute: string;
  service: string;
}

/** A use of a declared name. */
export type Ref<N extends Names, F extends keyof Names> = N[F];
