"use client";
import { createContext, type ReactNode, useContext } from "react";
import { valueAt } from "@/lib/catalogue/draft/merge";
import type { DraftContent, DraftLanguage, DraftPath, DraftProblem } from "@/lib/catalogue/draft/schema";

export type Editor = {
  draft: DraftContent;
  /** The language whose texts are written and shown. */
  language: DraftLanguage;
  problems: readonly DraftProblem[];
  connectorId: string;
  connectorName: string;
  partnerName: string;
  mayEdit: boolean;
  /** Changes the value at a way. */
  set(path: DraftPath, value: unknown): void;
};

const EditorContext = createContext<Editor | null>(null);

export function EditorProvider({ value, children }: { value: Editor; children: ReactNode }) {
  return <EditorContext.Provider value={value}>{children}</EditorContext.Provider>;
}

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("a field of the editor stands outside of it");
  return editor;
}

/** The value at a way and how to change it. The way is written in the code of the field, which knows the value's type. */
export function useValue<T>(path: DraftPath): [T, (value: T) => void] {
  const { draft, set } = useEditor();
  return [valueAt(draft, path.split(".")) as T, (value) => set(path, value)];
}

/** The id of the control of a value: the list of problems leads to it. */
export const controlId = (path: DraftPath): string => `field-${path}`;
