"""The reader of a page of the guide, in a real browser: does each step, and says which one the product does not keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import ElementHandle, Error, Page, Response

from backend.accounts.models import User
from tests.chromium import Visitor
from tests.guide.reading import GUIDE, Step

DESK, PHONE = 1280, 390
BREATH, HURRY, PATIENCE = 200, 1_000, 30_000
"""Milliseconds: until a press is heard, a page shows a name, and a page shows a longer name that holds it."""
REFUSED, BROKEN = 422, 500

_FIND = r"""([words, among, loose]) => {
  const flat = text => (text || '').replace(/\s+/g, ' ').trim();
  const bare = text => flat(text).replace(/ \(facultatif\)$/, '').replace(/ ?[:*]$/, '');
  const shown = each => {
    const copy = each.cloneNode(true);
    copy.querySelectorAll('.visually-hidden, svg, select').forEach(hidden => hidden.remove());
    return flat(copy.textContent);
  };
  const open = [...document.querySelectorAll('dialog[open], .offcanvas.show, .modal.show')].filter(each => each.checkVisibility());
  const root = open.at(-1) || document.body;
  const seen = [...root.querySelectorAll(among)].filter(each => each.checkVisibility({visibilityProperty: true}));
  const names = each => [bare(each.innerText || each.value), bare(shown(each)), bare(each.ariaLabel), bare(each.placeholder)];
  const tests = [
    name => name === words,
    name => name.startsWith(words) && !/[\p{L}\p{N}]/u.test(name[words.length] || ' '),
    name => ` ${name} `.includes(words),
  ];
  for (const test of loose ? tests : tests.slice(0, 1)) {
    const found = seen.filter(each => names(each).some(test));
    if (found.length) return found.reduce((small, each) => small.contains(each) && small !== each ? each : small);
  }
  return null;
}"""
_PRESSED = "a, button, summary, label, input[type=submit], [role=button], [role=tab]"
_NAMED = "label, legend"
_SEEN = (
    f"{_PRESSED}, {_NAMED}, h1, h2, h3, h4, th, td, dt, dd, li, p, caption, figcaption, option, output, strong, span, div,"
    " text, input, textarea, [role=status], [role=alert]"
)
_CONTROL = """named => named.control
  || named.closest('fieldset')?.querySelector('input, select, textarea') || null"""
_DAYS = {"hier": -1, "aujourd’hui": 0, "demain": 1}


class Reader:
    """Follows one page of the guide; `take` is given each picture it meets, with the page as it then stands."""

    def __init__(self, browser: object, base: str, take: Callable[[Page, str], None] | None = None) -> None:
        self._browser, self._base, self._take = browser, base, take
        self.page: Page | None = None
        self._worst = 0
        self.visitors: list[Visitor] = []

    def follow(self, stories: Iterable[list[Step]]) -> list[str]:
        """What the product does not keep, one sentence each; a story stops at its first one."""
        return [fault for story in stories if (fault := self._walk(story))]

    def _walk(self, story: list[Step]) -> str:
        step = story[0]
        try:
            for step in story:
                if fault := self._refusal(step) or getattr(self, f"_{step.kind}")(step):
                    return f"line {step.line}: {fault}"
            return f"line {step.line}: {refused}" if (refused := self._refusal()) else ""
        except Error as error:
            return f"line {step.line}: {self._there(step.words)}: {str(error).splitlines()[0]}"
        finally:
            self._close()

    def _refusal(self, step: Step | None = None) -> str:
        """A page that refuses says why, and the guide gives its words at once; no page breaks."""
        worst, self._worst = self._worst, 0
        if worst >= BROKEN:
            return "the page breaks"
        is_told = step is not None and step.kind in ("see", "look")
        return "the page refuses, and the guide does not say so" if worst == REFUSED and not is_told else ""

    def _be(self, step: Step) -> None:
        visitor = Visitor(self._browser, self._base, User.objects.get(email=step.words))
        self.visitors.append(visitor)
        context = visitor.context(width=PHONE if step.value else DESK, reduced_motion="reduce")
        context.clock.set_fixed_time(timezone.now())
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.on("response", self._listen)
        self.page.goto("/")

    def _listen(self, response: Response) -> None:
        if response.status in (REFUSED, BROKEN):
            self._worst = max(self._worst, response.status)

    def _press(self, step: Step) -> str:
        found = self._wait_for(step.words, _PRESSED)
        if found is None:
            return f"nothing to press is {self._there(step.words)}"
        found.click()
        self._settle()
        return ""

    def _fill(self, step: Step) -> str:
        named = self._wait_for(step.words, _NAMED)
        field = named and named.evaluate_handle(_CONTROL).as_element()
        if named is None or field is None:
            return f"no field is {self._there(step.words)}"
        match field.evaluate("field => field.type"):
            case "select-one" | "select-multiple":
                field.select_option(label=step.value)
            case "radio" | "checkbox":
                return self._press(Step("press", step.value, line=step.line))
            case "date":
                field.fill(_day(step.value).isoformat())
            case "datetime-local":
                field.fill(f"{_day(step.value).isoformat()}T10:00")
            case "file":
                field.set_input_files(GUIDE / step.value)
            case _:
                field.fill(step.value)
        return ""

    def _see(self, step: Step) -> str:
        return "" if self._wait_for(step.words, _SEEN) else f"nothing says {self._there(step.words)}"

    def _look(self, step: Step) -> None:
        if self._take:
            self._settle()
            self._take(self.page, step.words)

    def _wait_for(self, words: str, among: str) -> ElementHandle | None:
        """The smallest thing of the page called so, waited for; its very name is preferred to a longer one."""
        tries = ((True, PATIENCE),) if among == _SEEN else ((False, HURRY), (True, PATIENCE))
        for loose, patience in tries:
            with suppress(Error):
                asked = [words, among, loose]
                return self.page.wait_for_function(_FIND, arg=asked, timeout=patience).as_element()
        return None

    def _settle(self) -> None:
        """The next page, or what was asked of the server, is there."""
        self.page.wait_for_timeout(BREATH)
        self.page.wait_for_load_state("load")
        self.page.wait_for_function("() => !document.querySelector('.htmx-request')")

    def _there(self, words: str) -> str:
        return f"« {words} » on {self.page.url.removeprefix(self._base)}" if self.page else f"« {words} »"

    def _close(self) -> None:
        if self.page:
            self.page.context.close()
        self.page = None


def _day(words: str):
    """« aujourd’hui », « demain », « dans 12 jours », « il y a 3 jours »."""
    today = timezone.localdate()
    if words in _DAYS:
        return today + timedelta(days=_DAYS[words])
    many = int("".join(filter(str.isdigit, words)))
    return today + timedelta(days=-many if words.startswith("il y a") else many)
