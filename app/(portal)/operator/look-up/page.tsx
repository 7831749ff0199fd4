import { redirect } from "next/navigation";
import { z } from "zod";
import { LookUp } from "@/components/operator/look-up/look-up";
import { findById } from "@/lib/operations/look-up/queries";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../as-operator";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Leads from an id to its page. */
export default async function LookUpPage({ searchParams }: Props) {
  const viewer = await getOperator("/operator/look-up");
  const asked = z
    .string()
    .trim()
    .min(1)
    .max(100)
    .safeParse((await searchParams).id);
  if (!asked.success) return <LookUp missing={null} />;
  const id = z.uuid().safeParse(asked.data.toLowerCase());
  const found = id.success ? await asOperator(viewer, (tx) => findById(tx, id.data)) : null;
  if (found) redirect(`/operator/${found.kind}s/${found.id}`);
  return <LookUp missing={asked.data} />;
}
