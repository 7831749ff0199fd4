import { CircleCheck, CircleDashed, LoaderCircle, type LucideIcon, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { VendorAnswerDetails } from "@/components/flow/status/vendor-answer-details";
import { useVendorWords } from "@/components/flow/use-vendor-words";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Tone } from "@/components/ui/tone";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type {
  PreparationChoice,
  PreparationStepView,
  PreparationView,
  StepState,
} from "@/lib/connection/preparation/schema";
import { AgainForm } from "./again-form";

export type PreparationActions = {
  /** Gets `connectionId`. */
  again: FormAction;
  /** Gets `connectionId` and each choice by its name. */
  choose: FormAction;
};

type Props = { connection: ConnectionDetails; preparation: PreparationView; actions: PreparationActions };

const LOOKS: Record<StepState, { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: "neutral", icon: CircleDashed },
  running: { tone: "info", icon: LoaderCircle },
  done: { tone: "success", icon: CircleCheck },
  kept: { tone: "success", icon: CircleCheck },
  cannot: { tone: "warning", icon: TriangleAlert },
};

function Step({ connection, step }: { connection: ConnectionDetails; step: PreparationStepView }) {
  const t = useTranslations("connectionPage.preparation");
  const words = useVendorWords(connection.connectorId, "preparation");
  const values = { connector: connection.connectorName, partner: connection.partnerName };
  const { tone, icon } = LOOKS[step.state];
  const isNamed = step.value?.includes(":") ?? false;
  return (
    <li className="grid gap-1.5 border-b border-line py-3 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <span className="min-w-0 font-medium">
          {words(`steps.${step.id}`, values)}
          {isNamed && (
            <>
              {" "}
              <code className="text-xs font-normal wrap-anywhere text-ink-soft">{step.value}</code>
            </>
          )}
        </span>
        <StatusPill tone={tone} icon={icon} isSpinning={step.state === "running"}>
          {t(`states.${step.state}`)}
        </StatusPill>
      </div>
      {step.because && <p className="max-w-prose text-ink-soft">{words(`causes.${step.because}`, values)}</p>}
      {step.state === "cannot" && step.mendedBy && (
        <p className="max-w-prose text-warning-text">{t(`menders.${step.mendedBy}`, values)}</p>
      )}
      {step.answer && <VendorAnswerDetails answer={step.answer} connectorName={connection.connectorName} />}
    </li>
  );
}

function ChoiceField({ connection, choice }: { connection: ConnectionDetails; choice: PreparationChoice }) {
  const words = useVendorWords(connection.connectorId, "preparation");
  const { name, value, options } = choice;
  return (
    <Field name={name} label={words(`choices.${name}.label`)} help={words(`choices.${name}.help`)} isRequired>
      {options ? (
        <Select defaultValue={value}>
          {options.map((option) => (
            <option key={option} value={option}>
              {words(`choices.${name}.options.${option}`)}
            </option>
          ))}
        </Select>
      ) : (
        <Input defaultValue={value} autoComplete="off" maxLength={40} />
      )}
    </Field>
  );
}

function Choices({ connection, preparation, actions }: Props) {
  const t = useTranslations("connectionPage.preparation");
  const { choices, isFixed, isBusy } = preparation;
  if (choices.length === 0) return null;
  return (
    <Disclosure summary={t("choices.title")}>
      {isFixed ? (
        <p className="text-ink-soft">{t("choices.fixed")}</p>
      ) : (
        <ActionForm
          action={actions.choose}
          hidden={{ connectionId: connection.id }}
          className="grid max-w-prose gap-4 pt-2"
        >
          <p className="text-ink-soft">{t("choices.intro")}</p>
          <FormError />
          {choices.map((choice) => (
            <ChoiceField key={choice.name} connection={connection} choice={choice} />
          ))}
          <div>
            <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")} disabled={isBusy}>
              {t("choices.save")}
            </SubmitButton>
          </div>
        </ActionForm>
      )}
    </Disclosure>
  );
}

/** What the vendor system was given for the integration, step by step, and who has to put right what is stuck. */
export function PreparationCard(props: Props) {
  const { connection, preparation, actions } = props;
  const t = useTranslations("connectionPage.preparation");
  const values = { connector: connection.connectorName };
  return (
    <CardSection id="preparation" title={t("title", values)} intro={t(`intro.${preparation.state}`, values)}>
      <div className="grid gap-4 text-sm">
        <div aria-live="polite">{preparation.isBusy && <Spinner>{t("underWay", values)}</Spinner>}</div>
        {preparation.steps.length > 0 && (
          <ol className="grid">
            {preparation.steps.map((step) => (
              <Step key={step.id} connection={connection} step={step} />
            ))}
          </ol>
        )}
        {preparation.state !== "ready" && (
          <AgainForm
            action={actions.again}
            connectionId={connection.id}
            label={t("again")}
            pendingLabel={t("pending")}
            isDisabled={preparation.isBusy || connection.isPaused}
          />
        )}
        <Choices {...props} />
      </div>
    </CardSection>
  );
}
