import { redirect } from "next/navigation";
import { z } from "zod";
import { FindConnection } from "@/components/operator/connections/find-connection";
import { isAppError } from "@/lib/core/app-error";
import { getOperatedConnection } from "@/lib/operations/end/end-as-operator";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../as-operator";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Finds one connection by its id, as logs, tasks and mails to partners name it. */
export default async function OperatorConnectionsPage({ searchParams }: Props) {
  const viewer = await getOperator("/operator/connections");
  const asked = (await searchParams).id;
  const typed = typeof asked === "string" ? asked.trim() : "";
  const id = z.uuid().safeParse(typed.toLowerCase());
  if (id.success) {
    const found = await asOperator(viewer, (tx) => getOperatedConnection(tx, id.data)).catch(
      (error: unknown) => {
        if (isAppError(error, "not_found")) return null;
        throw error;
      },
    );
    if (found) redirect(`/operator/connections/${found.id}`);
  }
  return <FindConnection typed={typed} href="/operator/connections" />;
}
