"use client";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { DraftPath } from "@/lib/catalogue/draft/schema";
import { useEditor, useValue } from "./editor-context";

type Props<Item> = {
  path: DraftPath;
  /** What an item is called to tell it from the others; empty when it has no name yet. */
  nameOf(item: Item): string;
  makeItem(): Item;
  renderItem(item: Item, path: DraftPath, index: number): ReactNode;
  words: { item: string; add: string };
  max: number;
  /** Whether the order means something to customers. */
  isOrdered?: boolean;
  /** A small list within an item. */
  isInner?: boolean;
};

function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? rest : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Things of a kind, one below the other: added, removed, and put in order by buttons that tell the new position. */
export function ListEditor<Item>(props: Props<Item>) {
  const { path, nameOf, makeItem, renderItem, words, max, isOrdered = false, isInner = false } = props;
  const t = useTranslations("editor.list");
  const { mayEdit } = useEditor();
  const [items, change] = useValue<Item[]>(path);
  const [news, setNews] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const nameAt = (index: number): string => {
    const item = items[index];
    return (item === undefined ? "" : nameOf(item)) || t("unnamed", { item: words.item, number: index + 1 });
  };
  const move = (from: number, to: number) => {
    setNews(t("moved", { name: nameAt(from), position: to + 1, count: items.length }));
    change(moved(items, from, to));
  };
  const remove = (index: number) => {
    setNews(t("removed", { name: nameAt(index) }));
    change(items.filter((_, other) => other !== index));
  };
  const add = () => {
    change([...items, makeItem()]);
    // The new item's first control, once it is there.
    requestAnimationFrame(() =>
      list.current?.lastElementChild?.querySelector<HTMLElement>("input, textarea, select")?.focus(),
    );
  };
  return (
    <div className="grid gap-3">
      <ul ref={list} className={`grid ${isInner ? "gap-3" : "gap-4"}`}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the controls hold nothing of their own, and items have no other name
          <li key={index} className={isInner ? "" : "rounded-lg border border-line p-3 sm:p-4"}>
            <fieldset className="grid gap-3">
              <legend
                className={isInner ? "sr-only" : "float-left w-full pb-2 text-sm font-semibold wrap-anywhere"}
              >
                {nameAt(index)}
              </legend>
              {renderItem(item, `${path}.${index}`, index)}
              {mayEdit && (
                <div className="flex flex-wrap gap-1">
                  {isOrdered && (
                    <>
                      <Button
                        variant="quiet"
                        size="small"
                        disabled={index === 0}
                        onClick={() => move(index, index - 1)}
                      >
                        <ArrowUp aria-hidden className="size-4" />
                        <VisuallyHidden>{t("up", { name: nameAt(index) })}</VisuallyHidden>
                      </Button>
                      <Button
                        variant="quiet"
                        size="small"
                        disabled={index === items.length - 1}
                        onClick={() => move(index, index + 1)}
                      >
                        <ArrowDown aria-hidden className="size-4" />
                        <VisuallyHidden>{t("down", { name: nameAt(index) })}</VisuallyHidden>
                      </Button>
                    </>
                  )}
                  <Button variant="quiet" size="small" onClick={() => remove(index)}>
                    <Trash2 aria-hidden className="size-4" />
                    {t("remove")}
                    <VisuallyHidden> {nameAt(index)}</VisuallyHidden>
                  </Button>
                </div>
              )}
            </fieldset>
          </li>
        ))}
      </ul>
      {mayEdit && items.length < max && (
        <div>
          <Button variant="secondary" size="small" onClick={add}>
            <Plus aria-hidden className="size-4" />
            {words.add}
          </Button>
        </div>
      )}
      <p aria-live="polite" className="sr-only">
        {news}
      </p>
    </div>
  );
}
