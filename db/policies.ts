import { type Access, DEFINER_TABLES, OWNERSHIP } from "./ownership";
import { OWNER_LOGIN, roleOf, SCOPES } from "./scopes";

type Command = "select" | "insert" | "update" | "delete";
const COMMANDS: readonly Command[] = ["select", "insert", "update", "delete"];

const policyName = (table: string, scope: string, command: Command): string => `${table}_${scope}_${command}`;

function clauses(command: Command, access: Access): string {
  const using = access.using ?? "false";
  const check = access.check ?? access.using ?? "false";
  if (command === "insert") return `WITH CHECK (${check})`;
  if (command === "update") return `USING (${using}) WITH CHECK (${check})`;
  return `USING (${using})`;
}

function policy(table: string, scope: string, role: string, command: Command, access: Access): string[] {
  const name = policyName(table, scope, command);
  const columns = access.columns ? ` (${access.columns.join(", ")})` : "";
  return [
    `CREATE POLICY ${name} ON public.${table} FOR ${command.toUpperCase()} TO ${role} ${clauses(command, access)}`,
    `GRANT ${command.toUpperCase()}${columns} ON public.${table} TO ${role}`,
  ];
}

function tableStatements(table: string): string[] {
  const statements = [
    `ALTER TABLE public.${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE public.${table} FORCE ROW LEVEL SECURITY`,
    ...SCOPES.map((scope) => `REVOKE ALL ON public.${table} FROM ${roleOf(scope)}`),
  ];
  for (const scope of SCOPES) {
    const access = OWNERSHIP[table]?.[scope];
    for (const command of COMMANDS) {
      const rule = access?.[command];
      if (rule) statements.push(...policy(table, scope, roleOf(scope), command, rule));
    }
  }
  for (const command of DEFINER_TABLES[table] ?? []) {
    statements.push(...policy(table, "definer", OWNER_LOGIN, command, { using: "true" }).slice(0, 1));
  }
  return statements;
}

/** All statements that put the ownership matrix in force, from whatever was in force before. Run by the owner. */
export function policyStatements(): string[] {
  return [
    `DO $$ DECLARE one record; BEGIN
       FOR one IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
         EXECUTE format('DROP POLICY %I ON public.%I', one.policyname, one.tablename);
       END LOOP; END $$`,
    ...SCOPES.map((scope) => `GRANT USAGE ON SCHEMA public, kytkin TO ${roleOf(scope)}`),
    ...Object.keys(OWNERSHIP).flatMap(tableStatements),
  ];
}
