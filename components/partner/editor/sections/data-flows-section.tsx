"use client";
import { useTranslations } from "next-intl";
import {
  DIRECTIONS,
  type DraftDataFlow,
  type DraftPath,
  FREQUENCY_UNITS,
} from "@/lib/catalogue/draft/schema";
import { controlId, useEditor } from "../editor-context";
import { NumberField, Problems, SelectField, TextField } from "../editor-field";
import { ListEditor } from "../list-editor";
import { Section } from "./section";

const makeFlow = (): DraftDataFlow => ({
  what: {},
  direction: "to_vendor",
  frequency: { kind: "each_change", count: null, unit: "minute" },
  master: "partner",
});

function Flow({ flow, path }: { flow: DraftDataFlow; path: DraftPath }) {
  const t = useTranslations("editor.dataFlows");
  const { connectorName: connector, partnerName: partner } = useEditor();
  return (
    <>
      <TextField path={`${path}.what`} label={t("what")} help={t("whatHelp")} maxLength={120} />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          path={`${path}.direction`}
          label={t("direction")}
          choices={DIRECTIONS.map((value) => ({
            value,
            label: t(`directions.${value}`, { connector, partner }),
          }))}
        />
        <SelectField
          path={`${path}.master`}
          label={t("master")}
          choices={[
            { value: "partner", label: partner },
            { value: "vendor", label: connector },
          ]}
        />
        <SelectField
          path={`${path}.frequency.kind`}
          label={t("frequency")}
          choices={(["each_change", "within", "every"] as const).map((value) => ({
            value,
            label: t(`frequencies.${value}`),
          }))}
        />
        {flow.frequency.kind !== "each_change" && (
          <div className="grid grid-cols-2 gap-3">
            <NumberField path={`${path}.frequency.count`} label={t("count")} min={1} max={1000} />
            <SelectField
              path={`${path}.frequency.unit`}
              label={t("unit")}
              choices={FREQUENCY_UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
            />
          </div>
        )}
      </div>
    </>
  );
}

/** What moves, which way, how often, and which side is right when both differ. */
export function DataFlowsSection() {
  const t = useTranslations("editor.dataFlows");
  const { language, draft, problems } = useEditor();
  return (
    <Section title={t("title")} intro={t("intro")}>
      <div id={controlId("dataFlows")} tabIndex={-1} className="grid gap-3">
        <Problems id="problems-dataFlows" problems={problems.filter(({ path }) => path === "dataFlows")} />
        <ListEditor<DraftDataFlow>
          path="dataFlows"
          nameOf={({ what }) => what[language] || what[draft.mainLanguage] || ""}
          makeItem={makeFlow}
          renderItem={(flow, path) => <Flow flow={flow} path={path} />}
          words={{ item: t("item"), add: t("add") }}
          max={20}
        />
      </div>
    </Section>
  );
}
