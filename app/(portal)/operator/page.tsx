import { redirect } from "next/navigation";
import { getOperator } from "@/lib/people/auth/operator";

/** What waits for a person comes first. */
export default async function OperatorPage() {
  await getOperator("/operator/tasks");
  redirect("/operator/tasks");
}
