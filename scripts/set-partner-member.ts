import { z } from "zod";
import { emailAddress } from "@/lib/core/written-text";
import { addPartnerMember } from "@/lib/partner/organization/add-member";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
import { asSystem } from "@/lib/platform/worker-context";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run partner:member -- PARTNER EMAIL --role owner|admin|support|auditor

  Puts a person into a partner, or gives a member another role. They sign in by e-mail and find the partner in the menu.`,
  options: { role: { type: "string" } },
  words: ["partner", "email"],
  input: z.strictObject({ partner: z.string(), email: emailAddress, role: z.enum(PARTNER_ROLES) }),
  run: async (context, member) => {
    await asSystem(context, "partner:member", (tx) => addPartnerMember(tx, member));
    say(
      `${member.email} is ${member.role} of "${member.partner}": ${context.publicUrl}/partner/${member.partner}`,
    );
  },
});
