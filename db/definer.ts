import { roleOf, type ScopeName } from "./scopes";

/** A function that runs as the owner; `grantees` may call it and nobody else. */
export const definer = (
  signature: string,
  returns: string,
  language: string,
  body: string,
  grantees: ScopeName[],
): string[] => {
  const types = signature.replace(/(\(|, )\w+ /g, "$1");
  return [
    `CREATE OR REPLACE FUNCTION kytkin.${signature} RETURNS ${returns} LANGUAGE ${language} SECURITY DEFINER SET search_path = '' AS $$ ${body} $$`,
    `REVOKE ALL ON FUNCTION kytkin.${types} FROM PUBLIC`,
    ...grantees.map((scope) => `GRANT EXECUTE ON FUNCTION kytkin.${types} TO ${roleOf(scope)}`),
  ];
};
