"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { resendMail } from "@/lib/operations/mail/resend-mail";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

/** Has a mail that failed sent again. */
export async function resendMailAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("mail.resend", "/operator/mails");
  const mailId = z.uuid().safeParse(data.get("mailId"));
  if (!mailId.success) return { status: "error", code: "invalid_input" };
  const result = await runAction(
    "mail.resend",
    viewer,
    () => asOperator(viewer, (tx) => resendMail(tx, viewer, mailId.data)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath("/operator", "layout");
  return { status: "ok" };
}
