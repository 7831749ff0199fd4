/** A function of the database in schema `engine_admin`. */
export type AdminFunction = {
  /** With the types of its arguments, as GRANT wants it. */
  signature: string;
  definition: string;
};
