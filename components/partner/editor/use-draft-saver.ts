"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import type { DraftState } from "@/lib/partner/specification/schema";
import { DraftSaver, type Save, type SaveAnswer, type SaverState } from "./draft-saver";

export type SaveDraft = (save: Save<DraftContent>) => Promise<SaveAnswer<DraftContent, DraftState>>;

type Options = { content: DraftContent; state: DraftState; save: SaveDraft; leaveQuestion: string };

/** The draft in the page, saved as it is edited; who leaves with something unsaved is asked first. */
export function useDraftSaver({ content, state, save, leaveQuestion }: Options) {
  const [found, setFound] = useState(state);
  const [saving, setSaving] = useState<SaverState<DraftContent>>({
    content,
    status: "saved",
    code: null,
    conflict: null,
  });
  const saveDraft = useRef(save);
  useEffect(() => {
    saveDraft.current = save;
  });
  const [saver] = useState(
    () =>
      new DraftSaver<DraftContent, DraftState>({
        content,
        revision: state.revision,
        writer: crypto.randomUUID(),
        save: (one) => saveDraft.current(one),
        onState: setSaving,
        onSaved: setFound,
      }),
  );
  useEffect(() => {
    const retry = () => void saver.flush();
    window.addEventListener("online", retry);
    return () => {
      window.removeEventListener("online", retry);
      // Left by the browser's own back button: what is unsaved is sent once more.
      if (saver.isUnsaved) void saver.flush();
      saver.stop();
    };
  }, [saver]);
  useGuardedLeaving(saver, leaveQuestion);
  return { saver, found, saving };
}

/** Closing asks in the browser's words. A link of the portal is followed once all is saved, or after a question. */
function useGuardedLeaving(saver: DraftSaver<DraftContent, DraftState>, question: string): void {
  const router = useRouter();
  useEffect(() => {
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (saver.isUnsaved) event.preventDefault();
    };
    const beforeLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
      if (!(link instanceof HTMLAnchorElement) || !isPlain || link.target === "_blank" || link.download)
        return;
      if (!saver.isUnsaved || link.origin !== window.location.origin) return;
      event.preventDefault();
      event.stopPropagation();
      const leave = async () => {
        if ((await saver.flush()) || window.confirm(question)) router.push(link.pathname + link.search);
      };
      void leave();
    };
    window.addEventListener("beforeunload", beforeUnload);
    document.addEventListener("click", beforeLink, true);
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      document.removeEventListener("click", beforeLink, true);
    };
  }, [saver, router, question]);
}

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}
