import { Fragment } from "react";
import { langOf } from "@/components/ui/lang-of";
import { type Line, separatorAfter } from "@/lib/catalogue/integration/fields";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";

type LineProps = { line: Line; language: TextLanguage };

function LineWords({ line, language }: LineProps) {
  return (
    <p className="whitespace-pre-line wrap-anywhere">
      {line.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line are not moved, and two may read the same
        <Fragment key={index}>
          {index > 0 && separatorAfter(line[index - 1])}
          {typeof part === "string" ? (
            part
          ) : (
            <span
              lang={langOf(language)}
              className={index === 0 && line.length > 1 ? "font-medium" : undefined}
            >
              {part.partners}
            </span>
          )}
        </Fragment>
      ))}
    </p>
  );
}

/** A field of a specification in words, the partner's own in their language. */
export function FieldLines({ lines, language }: { lines: readonly Line[]; language: TextLanguage }) {
  return (
    <div className="grid gap-1.5">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a field are not moved, and two may read the same
        <LineWords key={index} line={line} language={language} />
      ))}
    </div>
  );
}
