/** A function of the database in schema `sight`. */
export type SightFunction = {
  /** With the types of its arguments, as GRANT wants it. */
  signature: string;
  definition: string;
};
