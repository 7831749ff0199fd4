"use client";
import { CircleAlert, Lightbulb } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Control, ControlProvider } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { DraftPath, DraftProblem, DraftText } from "@/lib/catalogue/draft/schema";
import { controlId, useEditor, useValue } from "./editor-context";
import { useProblemWords } from "./use-problem-words";

/** What is left to do about a value, or about what it holds. */
function useProblemsAt(path: DraftPath, isWhole: boolean): DraftProblem[] {
  const { problems } = useEditor();
  return problems.filter((one) => one.path === path || (isWhole && one.path.startsWith(`${path}.`)));
}

export function Problems({ id, problems }: { id: string; problems: readonly DraftProblem[] }) {
  const words = useProblemWords();
  if (problems.length === 0) return null;
  return (
    <ul id={id} className="grid gap-1">
      {problems.map((problem) => {
        const isMust = problem.weight === "must";
        const Icon = isMust ? CircleAlert : Lightbulb;
        return (
          <li
            key={`${problem.path} ${problem.code}`}
            className={`flex items-start gap-1.5 text-sm ${isMust ? "font-medium text-danger-text" : "text-warning-text"}`}
          >
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
            {words(problem)}
          </li>
        );
      })}
    </ul>
  );
}

type FieldProps = {
  path: DraftPath;
  label: ReactNode;
  help?: ReactNode;
  isOptional?: boolean;
  /** Beside the label. */
  aside?: ReactNode;
  /** Problems of all that the value holds are shown here too. */
  isWhole?: boolean;
  children: ReactNode;
};

/** A label, help and problems of the one control inside. */
export function EditorField({ path, label, help, isOptional, aside, isWhole = false, children }: FieldProps) {
  const t = useTranslations("ui");
  const id = controlId(path);
  const problems = useProblemsAt(path, isWhole);
  const isWrong = problems.some(({ weight }) => weight === "must");
  const described = [help && `${id}-help`, problems.length > 0 && `${id}-problems`].filter(Boolean).join(" ");
  const control: Control = {
    id,
    name: path,
    required: !isOptional,
    "aria-invalid": isWrong ? true : undefined,
    "aria-describedby": described || undefined,
  };
  return (
    <div className="grid content-between gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
          {isOptional && <span className="ml-1.5 font-normal text-ink-soft">{t("optional")}</span>}
        </label>
        {aside}
      </div>
      {help && (
        <p id={`${id}-help`} className="text-sm text-ink-soft">
          {help}
        </p>
      )}
      <ControlProvider value={control}>{children}</ControlProvider>
      <Problems id={`${id}-problems`} problems={problems} />
    </div>
  );
}

type Common = Pick<FieldProps, "path" | "label" | "help" | "isOptional">;

type LineProps = Common & {
  maxLength?: number;
  type?: "text" | "url" | "email" | "tel" | "date";
  placeholder?: string;
};

export function LineField({ maxLength = 300, type = "text", placeholder, ...field }: LineProps) {
  const [value, change] = useValue<string>(field.path);
  return (
    <EditorField {...field}>
      <Input
        type={type}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={type === "text"}
        onChange={(event) => change(event.target.value)}
      />
    </EditorField>
  );
}

type NumberProps = Common & { min?: number; max?: number; unit?: string };

export function NumberField({ min, max, unit, ...field }: NumberProps) {
  const [value, change] = useValue<number | null>(field.path);
  return (
    <EditorField {...field}>
      <span className="flex items-center gap-2">
        <Input
          type="number"
          inputMode="numeric"
          className="max-w-40"
          value={value ?? ""}
          min={min}
          max={max}
          onChange={({ target }) => change(target.value === "" ? null : Math.trunc(target.valueAsNumber))}
        />
        {unit && <span className="text-sm text-ink-soft">{unit}</span>}
      </span>
    </EditorField>
  );
}

type SelectProps = Common & { choices: readonly { value: string; label: string }[] };

export function SelectField({ choices, ...field }: SelectProps) {
  const [value, change] = useValue<string>(field.path);
  return (
    <EditorField {...field}>
      <Select value={value} onChange={(event) => change(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </EditorField>
  );
}

type TextProps = Common & { maxLength: number; rows?: number };

/** A text in the language that is being written; what its readers get meanwhile is said below. */
export function TextField({ maxLength, rows, ...field }: TextProps) {
  const t = useTranslations("editor.text");
  const languages = useTranslations("editor.languages");
  const { draft, language } = useEditor();
  const [value, change] = useValue<DraftText>(field.path);
  const written = value[language] ?? "";
  const main = value[draft.mainLanguage]?.trim();
  const isFallback = language !== draft.mainLanguage && written.trim() === "" && Boolean(main);
  const control = {
    lang: language,
    value: written,
    onChange: (event: { target: { value: string } }) => change({ ...value, [language]: event.target.value }),
  };
  return (
    <EditorField
      {...field}
      isWhole
      aside={
        <span className="text-xs text-ink-soft tabular-nums">
          {languages(language)} · {t("count", { count: [...written].length, max: maxLength })}
        </span>
      }
    >
      {rows ? (
        <Textarea {...control} rows={rows} className={rows < 4 ? "min-h-18" : undefined} />
      ) : (
        <Input {...control} autoComplete="off" />
      )}
      {isFallback && (
        <p className="border-l-2 border-warning-line pl-2.5 text-sm text-ink-soft">
          {t("fallback", { main: languages(draft.mainLanguage) })}{" "}
          <span lang={draft.mainLanguage} className="line-clamp-2">
            {main}
          </span>
        </p>
      )}
    </EditorField>
  );
}
