import { notFound } from "next/navigation";
import { z } from "zod";
import { OperatedConnectionPage } from "@/components/operator/connections/operated-connection";
import { isAppError } from "@/lib/core/app-error";
import { getOperatedConnection } from "@/lib/operations/end/end-as-operator";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../../as-operator";
import { endAsOperatorAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

/** One connection without names, and its end by the operator. */
export default async function OperatorConnectionPage({ params }: Props) {
  const { id } = await params;
  const viewer = await getOperator(`/operator/connections/${id}`);
  if (!z.uuid().safeParse(id).success) notFound();
  const connection = await asOperator(viewer, (tx) => getOperatedConnection(tx, id)).catch(
    (error: unknown) => {
      if (isAppError(error, "not_found")) notFound();
      throw error;
    },
  );
  return (
    <OperatedConnectionPage
      connection={connection}
      listHref="/operator/connections"
      end={endAsOperatorAction}
    />
  );
}
