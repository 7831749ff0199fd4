"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  addresses: { id: string; address: string }[];
  mayManage: boolean;
  actions: { add: FormAction; remove: FormAction };
};

/** Where link sessions may lead back to. */
export function ReturnAddresses({ addresses, mayManage, actions }: Props) {
  const t = useTranslations("partnerLinks.returns");
  const field = useRef<HTMLInputElement>(null);
  const empty = () => {
    if (field.current) field.current.value = "";
  };
  return (
    <CardSection id="return-addresses" title={t("title")} intro={t("intro")}>
      <div className="grid gap-4">
        {addresses.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("none")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {addresses.map(({ id, address }) => (
              <li
                key={id}
                className="flex flex-wrap items-center justify-between gap-2 py-2 text-sm first:pt-0 last:pb-0"
              >
                <code className="min-w-0 text-xs wrap-anywhere">{address}</code>
                {mayManage && (
                  <ConfirmDialog
                    trigger={t("remove.open")}
                    triggerVariant="quiet"
                    triggerSize="small"
                    title={t("remove.title", { address })}
                    description={t("remove.body")}
                    keepLabel={t("remove.keep")}
                    confirmLabel={t("remove.confirm")}
                    pendingLabel={t("remove.pending")}
                    action={actions.remove}
                    hidden={{ addressId: id }}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
        {mayManage && (
          <ActionForm action={actions.add} onOk={empty} className="grid gap-3">
            <FormError />
            <Field name="address" label={t("address")} help={t("addressHelp")} isRequired>
              <Input
                ref={field}
                type="url"
                maxLength={2000}
                autoComplete="off"
                spellCheck={false}
                placeholder="https://"
              />
            </Field>
            <div>
              <SubmitButton variant="secondary" size="small" pendingLabel={t("adding")}>
                {t("add")}
              </SubmitButton>
            </div>
          </ActionForm>
        )}
      </div>
    </CardSection>
  );
}
