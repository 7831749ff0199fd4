"use client";
import { CircleAlert, CircleCheck, Lightbulb } from "lucide-react";
import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import type { DraftProblem } from "@/lib/catalogue/draft/schema";
import { usePathWords } from "./use-path-words";
import { useProblemWords } from "./use-problem-words";

type Props = { problems: readonly DraftProblem[]; onGo: (problem: DraftProblem) => void };

/** All that is left to do, each with the way to its field. */
export function ProblemList({ problems, onGo }: Props) {
  const t = useTranslations("editor.todo");
  const words = useProblemWords();
  const place = usePathWords();
  const musts = problems.filter(({ weight }) => weight === "must").length;
  if (problems.length === 0)
    return (
      <p className="flex items-center gap-2 text-sm text-success-text">
        <CircleCheck aria-hidden className="size-4 shrink-0" />
        {t("nothing")}
      </p>
    );
  return (
    <Disclosure summary={t("summary", { musts, advice: problems.length - musts })}>
      <ul className="grid max-h-72 overflow-y-auto rounded-lg border border-line bg-surface py-1">
        {problems.map((problem) => {
          const Icon = problem.weight === "must" ? CircleAlert : Lightbulb;
          return (
            <li key={`${problem.path} ${problem.code}`}>
              <button
                type="button"
                onClick={() => onGo(problem)}
                className="flex w-full items-start gap-2 px-3 py-1.5 text-left text-sm hover:bg-sunken pointer-coarse:min-h-11"
              >
                <Icon
                  aria-hidden
                  className={`mt-0.5 size-4 shrink-0 ${problem.weight === "must" ? "text-danger-text" : "text-warning-text"}`}
                />
                <span className="min-w-0 wrap-anywhere">
                  <span className="font-medium">{place(problem.path)}</span>{" "}
                  <span className="text-ink-soft">{words(problem)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Disclosure>
  );
}
