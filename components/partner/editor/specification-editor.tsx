"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { withValueAt } from "@/lib/catalogue/draft/merge";
import {
  DRAFT_SECTIONS,
  type DraftContent,
  type DraftLanguage,
  type DraftProblem,
  type DraftSection,
  sectionOf,
} from "@/lib/catalogue/draft/schema";
import type { DraftState, SubmissionState } from "@/lib/partner/specification/schema";
import { ConflictDialog } from "./conflict-dialog";
import { controlId, type Editor, EditorProvider } from "./editor-context";
import { FileTools, type ReadFile } from "./file-tools";
import { LanguageTabs } from "./language-tabs";
import { type Device, PreviewPane } from "./preview-pane";
import { ProblemList } from "./problem-list";
import { SaveStatus } from "./save-status";
import { AgreementsSection } from "./sections/agreements-section";
import { DataFlowsSection } from "./sections/data-flows-section";
import { PriceSection } from "./sections/price-section";
import { SettingsSection } from "./sections/settings-section";
import { StepsSection } from "./sections/steps-section";
import { SupportSection } from "./sections/support-section";
import { type RightChoice, TechnicalUserSection } from "./sections/technical-user-section";
import { TextsSection } from "./sections/texts-section";
import { SubmitDialog } from "./submit-dialog";
import { type SaveDraft, useDraftSaver, useOnline } from "./use-draft-saver";

export type EditorProps = {
  content: DraftContent;
  state: DraftState;
  connector: {
    id: string;
    name: string;
    hasChecks: boolean;
    invoiceDelivery: readonly { way: string; label: string }[];
  };
  catalogue: readonly RightChoice[];
  partnerName: string;
  mayEdit: boolean;
  /** A version that is on its way; while there is one, nothing else is submitted. */
  submission: { version: number; state: SubmissionState } | null;
  /** The reviewer's words to fields of the version that was rejected last. */
  comments: Record<string, string>;
  /** Up to the language. */
  previewHref: (string | null)[];
  fileHref: string;
  actions: { save: SaveDraft; submit: FormAction; readFile: ReadFile };
};

function SectionNav({ section, problems, onChoose }: SectionNavProps) {
  const t = useTranslations("editor.sections");
  return (
    <nav aria-label={t("label")} className="flex flex-wrap gap-1">
      {DRAFT_SECTIONS.map((one) => {
        const musts = problems.filter(
          ({ path, weight }) => weight === "must" && sectionOf(path) === one,
        ).length;
        return (
          <button
            key={one}
            type="button"
            aria-current={one === section ? "true" : undefined}
            onClick={() => onChoose(one)}
            className="inline-flex min-h-9 items-center gap-1.5 rounded-lg px-3 text-sm text-ink-soft hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text pointer-coarse:min-h-11"
          >
            {t(one)}
            {musts > 0 && (
              <span className="rounded-full bg-danger-soft px-1.5 text-xs font-medium text-danger-text tabular-nums">
                {musts}
                <span className="sr-only"> {t("toDo")}</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
type SectionNavProps = {
  section: DraftSection;
  problems: readonly DraftProblem[];
  onChoose: (section: DraftSection) => void;
};

type FieldsProps = Pick<EditorProps, "catalogue" | "connector"> & { section: DraftSection };

function Fields({ section, catalogue, connector }: FieldsProps): ReactNode {
  switch (section) {
    case "texts":
      return <TextsSection />;
    case "dataFlows":
      return <DataFlowsSection />;
    case "technicalUser":
      return <TechnicalUserSection catalogue={catalogue} />;
    case "price":
      return <PriceSection />;
    case "agreements":
      return <AgreementsSection />;
    case "support":
      return <SupportSection />;
    case "steps":
      return <StepsSection />;
    case "settings":
      return <SettingsSection hasChecks={connector.hasChecks} invoiceDelivery={connector.invoiceDelivery} />;
  }
}

/** What the reviewer wrote to the fields of this part. */
function Comments({ comments, section }: { comments: Record<string, string>; section: DraftSection }) {
  const t = useTranslations("editor");
  const here = Object.entries(comments).filter(([field]) => sectionOf(field) === section);
  if (here.length === 0) return null;
  return (
    <Alert tone="warning" role="note" title={t("comments")}>
      <dl className="grid gap-2 pt-1">
        {here.map(([field, words]) => (
          <div key={field}>
            <dt className="font-medium">{t.has(`paths.${field}`) ? t(`paths.${field}`) : field}</dt>
            <dd className="whitespace-pre-line">{words}</dd>
          </div>
        ))}
      </dl>
    </Alert>
  );
}

/** Leads to a value: its part is opened, and its control has the focus once it is there. */
function useJump(setSection: (section: DraftSection) => void) {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    // A problem of something inner may have no control of its own: what is around it has.
    const parts = wanted.split(".");
    const found = parts
      .map((_, index) => document.getElementById(controlId(parts.slice(0, parts.length - index).join("."))))
      .find((element) => element !== null);
    found?.focus();
    found?.scrollIntoView({ block: "center" });
    setWanted(null);
  }, [wanted]);
  return ({ path }: DraftProblem) => {
    setSection(sectionOf(path));
    setWanted(path);
  };
}

/** Writes a specification beside what customers will see of it. */
export function SpecificationEditor(props: EditorProps) {
  const { connector, mayEdit, submission, actions } = props;
  const t = useTranslations("editor");
  const { saver, found, saving } = useDraftSaver({
    content: props.content,
    state: props.state,
    save: actions.save,
    leaveQuestion: t("leave"),
  });
  const isOnline = useOnline();
  const [language, setLanguage] = useState<DraftLanguage>(props.content.mainLanguage);
  const [section, setSection] = useState<DraftSection>("texts");
  const [isPreviewOpen, setPreviewOpen] = useState(false);
  const [device, setDevice] = useState<Device>("phone");
  const jump = useJump(setSection);
  const { content, status, code, conflict } = saving;
  const { problems, languages: offered, savedAt, revision } = found;
  const editor: Editor = {
    draft: content,
    language,
    problems,
    connectorId: connector.id,
    connectorName: connector.name,
    partnerName: props.partnerName,
    mayEdit,
    set: (path, value) => saver.edit(withValueAt(saver.content, path.split("."), value)),
  };
  const go = (problem: DraftProblem) => {
    const missing = /^missing_(en|fi|nb|sv|da)$/.exec(problem.code)?.[1];
    if (missing) setLanguage(missing as DraftLanguage);
    else if (problem.code === "main_language") setLanguage(content.mainLanguage);
    jump(problem);
  };
  const isOnItsWay = submission?.state === "in_review" || submission?.state === "approved";
  const previewHref = props.previewHref.map((part) => part ?? language).join("");
  const musts = problems.filter(({ weight }) => weight === "must").length;
  return (
    <EditorProvider value={editor}>
      <div className="sticky top-0 z-10 -mx-4 grid gap-3 border-b border-line bg-canvas px-4 py-3 sm:-mx-6 sm:px-6 max-lg:static">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <SaveStatus status={status} code={code} savedAt={savedAt} isOnline={isOnline} />
          <div className="flex flex-wrap items-center gap-2">
            <FileTools
              fileHref={props.fileHref}
              mayEdit={mayEdit}
              readFile={actions.readFile}
              onRead={(read) => saver.edit(read)}
            />
            {mayEdit && (
              <SubmitDialog
                submit={actions.submit}
                revision={revision}
                musts={musts}
                isSaved={status === "saved"}
                isOnItsWay={isOnItsWay}
                change={found.change}
                connectorId={connector.id}
              />
            )}
          </div>
        </div>
        <LanguageTabs
          language={language}
          main={content.mainLanguage}
          offered={offered}
          problems={problems}
          onChoose={setLanguage}
        />
      </div>
      {isOnItsWay && (
        <Alert
          tone="info"
          role="note"
          title={t(`onItsWay.${submission.state}`, { version: submission.version })}
        >
          {t("onItsWay.body")}
        </Alert>
      )}
      {/* A phone's width beside the fields; a desk's takes more than half, and is made smaller still. */}
      <div
        className={`grid items-start gap-6 ${device === "phone" ? "lg:grid-cols-[minmax(0,1fr)_22.625rem]" : "lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]"}`}
      >
        <div className="grid min-w-0 gap-4">
          <ProblemList problems={problems} onGo={go} />
          <SectionNav section={section} problems={problems} onChoose={setSection} />
          <Card className="px-4 py-4 sm:px-6 sm:py-5">
            <fieldset disabled={!mayEdit} className="grid min-w-0 gap-8">
              <legend className="sr-only">{t(`sections.${section}`)}</legend>
              <Comments comments={props.comments} section={section} />
              <Fields section={section} catalogue={props.catalogue} connector={connector} />
            </fieldset>
          </Card>
        </div>
        <div className="max-lg:order-first lg:sticky lg:top-32">
          <div className="lg:hidden">
            <Button
              variant="secondary"
              size="small"
              aria-expanded={isPreviewOpen}
              onClick={() => setPreviewOpen((isOpen) => !isOpen)}
            >
              {t(isPreviewOpen ? "preview.hide" : "preview.show")}
            </Button>
          </div>
          <div className={isPreviewOpen ? "max-lg:pt-3" : "max-lg:hidden"}>
            <PreviewPane href={previewHref} revision={revision} device={device} onDevice={setDevice} />
          </div>
        </div>
      </div>
      {conflict && (
        <ConflictDialog
          key={revision}
          conflicts={conflict.conflicts}
          savedBy={conflict.savedBy}
          onChoose={(chosen) => saver.resolve(chosen)}
        />
      )}
    </EditorProvider>
  );
}
