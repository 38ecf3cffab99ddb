"""Four words behind the lock: read once, and silent unless they fail."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SMALLEST, Crowd, House
from tests.browser.room import press

# The page's own line check and lock, with the rest of the circle beside it in the same page and lines of our making.
CIRCLE = """
async (seats) => {
  const [{ LineCheck }, { attach }] = await Promise.all(
    ["check", "lock"].map((name) => import(`/static/room/media/${name}.js`)));
  const page = JSON.parse(document.getElementById("page").textContent);
  const members = seats.map(({ id }) => ({ seat: id, page: `page-${id}` }));
  const certificate = (seat) => String(seats.findIndex(({ id }) => id === seat) + 1).padStart(64, "0");
  const lines = Object.fromEntries(seats.map(({ id }) => [id, certificate(id)]));
  const checks = new Map();
  for (const me of members) {
    checks.set(me.seat, new LineCheck({
      room: "room", me, certificate: certificate(me.seat), language: page.lock.language,
      used: ({ seat }) => (me.seat === page.seat ? lines[seat] : certificate(seat)),
      send: (to, said) => members.filter(({ seat }) => seat !== me.seat && (to === null || to === seat))
        .forEach(({ seat }) => checks.get(seat).receive(me.seat, said)),
    }));
  }
  const mine = checks.get(page.seat);
  const room = {
    page, state: { audience: page.role, seat: page.seat, seats },
    names: new Map(seats.map(({ id, name }) => [id, name])),
    announce: (words) => { document.getElementById("said").textContent = words; },
  };
  attach(room, mine);
  window.circle = {
    meet: () => Promise.all([...checks.values()].map((check) => check.roster(members))),
    swap: (seat) => { lines[seat] = "f".repeat(64); return mine.look(); },
    differs: (from) => checks.get(from).report([page.seat]),
    wordsOf: async (seat) => {
      const { numbers, language } = checks.get(seat).outcome;
      const list = await import(`/static/room/media/words_${language}.js`);
      return numbers.map((number) => list.default[number]);
    },
  };
}
"""


def circle_of(page: Page) -> list[dict[str, str]]:
    """Return the page's own seat in a circle with Ruth, who leads, and Anna."""
    own = page.evaluate("JSON.parse(document.getElementById('page').textContent)")
    return [
        {"id": own["seat"], "role": own["role"], "name": "Myself"},
        {"id": "seat-ruth", "role": "leader", "name": "Ruth"},
        {"id": "seat-anna", "role": "member", "name": "Anna"},
    ]


NO_LINES = """
const nothing = () => undefined;
export const media = () => ({ hear: nothing, within: nothing, out: nothing, after: nothing, turnedAway: nothing,
  resume: nothing, mesh: null });
"""


def enter_without_lines(crowd: Crowd, who: str, meeting: str, viewport: dict[str, int] | None = None) -> Page:
    """Return a page in the circle that makes no lines of its own, so that the lock is this story's alone."""
    page = crowd.window(who, viewport)
    page.route(
        "**/media/room*.js", lambda route: route.fulfill(body=NO_LINES, content_type="text/javascript")
    )
    page.goto(crowd.house.address(who, f"/room/{meeting}/"))
    page.locator("#enter").click()
    page.locator("#place:visible").wait_for()
    return page


def sit_together(page: Page) -> None:
    """Put the page's own seat into that circle."""
    page.evaluate(CIRCLE, circle_of(page))


def test_four_words_are_read_once_and_the_lock_says_nothing_more(
    house: House, crowd: Crowd, clean: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    marta = enter_without_lines(crowd, "marta", house.meeting(telephone="01 234 567"), SMALLEST)
    sit_together(marta)
    press(marta, "Line check")
    expect(marta.locator("#lock-said")).to_have_text("The words come when everybody’s line is open.")
    marta.evaluate("circle.meet()")
    expect(marta.locator("#lock-words li")).to_have_count(4)
    assert marta.locator("#lock-words li").all_inner_texts() == marta.evaluate("circle.wordsOf('seat-anna')")
    marta.locator("#lock-dialog summary").click()
    clean(marta)
    picture(marta, "lock")
    press(marta, "They are the same")
    expect(marta.locator("#lock-said")).to_contain_text("Nobody sits on a line")
    expect(marta.locator("#lock-stop")).to_be_hidden()
    press(marta, "Back")
    expect(marta.locator("#lock-dialog")).to_be_hidden()
    assert "words" not in marta.locator("#said").inner_text()


def test_line_with_another_certificate_opens_the_lock_and_names_it(
    house: House, crowd: Crowd, clean: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    anna = enter_without_lines(crowd, "anna", house.meeting(telephone="01 234 567"))
    sit_together(anna)
    anna.evaluate("circle.meet()")
    expect(anna.locator("#lock-dialog")).to_be_hidden()
    anna.evaluate("circle.swap('seat-ruth')")
    expect(anna.locator("#lock-said")).to_contain_text("The line to Ruth does not end where it says.")
    expect(anna.locator("#lock-stop")).to_contain_text("Tell one another by telephone.")
    expect(anna.locator("#lock-stop")).to_contain_text("01 234 567")
    expect(anna.locator("#said")).to_have_text("The line check failed. Please look at the lock.")
    clean(anna)
    picture(anna, "lock-failed")
    press(anna, "Back")
    expect(anna.locator("#lock")).to_have_text("Please look here")


def test_leaders_learn_who_reads_other_words_and_members_do_not(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    for name, learns in (("marta", True), ("jonas", False)):
        page = enter_without_lines(crowd, name, meeting)
        sit_together(page)
        page.evaluate("circle.meet()")
        page.evaluate("circle.differs('seat-anna')")
        page.locator("#lock").click()
        expect(page.locator("#lock-words li")).to_have_count(4)
        expect(page.locator("#lock-reports")).to_have_text("Anna reads other words." if learns else "")
        expect(page.locator("#lock-stop")).to_be_visible(visible=learns)


def test_whoever_reads_other_words_is_told_what_to_do(house: House, crowd: Crowd) -> None:
    anna = enter_without_lines(crowd, "anna", house.meeting())
    sit_together(anna)
    anna.evaluate("circle.meet()")
    press(anna, "Line check")
    press(anna, "They differ")
    expect(anna.locator("#lock-stop")).to_contain_text("Please stop here")
    press(anna, "They are the same")
    expect(anna.locator("#lock-stop")).to_be_hidden()


# Three people with a certificate and real connections each, all in one page; the page's own seat through `checking`.
# Between the page and `swapped` sits a third connection with a certificate of its own, if one is named.
LINES = """
async ({ seats, swapped }) => {
  const load = (name) => import(`/static/room/media/${name}.js`);
  const [{ checking }, { LineCheck }, { ownFingerprint, usedFingerprint }] =
    await Promise.all(["checking", "check", "certificates"].map(load));
  const page = JSON.parse(document.getElementById("page").textContent);
  const certified = async () => ({ certificates: [await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" })] });
  const ways = Object.fromEntries(await Promise.all([...seats, { id: "between" }].map(async ({ id }) => [id, await certified()])));
  const ends = Object.fromEntries(seats.map(({ id }) => [id, new Map()]));
  const connect = async (one, other) => {
    const [a, b] = [new RTCPeerConnection(ways[one]), new RTCPeerConnection(ways[other])];
    a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
    b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
    a.addTransceiver("audio");
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription);
    await Promise.all([a, b].map((pc) => new Promise((open) => {
      pc.onconnectionstatechange = () => pc.connectionState === "connected" && open();
    })));
    return [a, b];
  };
  for (const [index, one] of seats.entries()) for (const other of seats.slice(index + 1)) {
    const cut = swapped === other.id && one.id === page.seat;
    const [a, b] = cut ? [(await connect(one.id, "between"))[0], (await connect("between", other.id))[1]] : await connect(one.id, other.id);
    ends[one.id].set(other.id, { pc: a });
    ends[other.id].set(one.id, { pc: b });
  }
  const members = seats.map(({ id }) => ({ seat: id, page: `page-${id}` }));
  const others = new Map(members.filter(({ seat }) => seat !== page.seat).map((member) => [member.seat, member]));
  const checks = new Map();
  const deliver = (to, from, said) => (to === page.seat ? mine.hear(from, said) : checks.get(to).receive(from, said));
  const room = {
    page, state: { audience: page.role, seat: page.seat, seats }, names: new Map(seats.map(({ id, name }) => [id, name])),
    announce: () => undefined,
  };
  const mine = checking(room, {
    page: `page-${page.seat}`, ways: Promise.resolve(ways[page.seat]),
    mesh: () => ({ others, links: ends[page.seat], say: (to, said) => deliver(to, page.seat, said) }),
  });
  for (const me of members.filter(({ seat }) => seat !== page.seat)) {
    checks.set(me.seat, new LineCheck({
      room: page.socket, me, certificate: await ownFingerprint(ways[me.seat]), language: page.lock.language,
      used: ({ seat }) => usedFingerprint(ends[me.seat].get(seat)?.pc),
      send: (to, said) => members.filter(({ seat }) => seat !== me.seat && (to === null || to === seat)).forEach(({ seat }) => deliver(seat, me.seat, said)),
    }));
  }
  window.circle = { outcome: (seat) => checks.get(seat).outcome };
  mine.circle(true);
  for (const check of checks.values()) check.roster(members);
}
"""


@pytest.mark.parametrize("swapped", [False, True], ids=["straight", "somebody-between"])
def test_real_connections_are_checked_by_the_certificates_they_use(
    house: House, wired: Browser, swapped: bool
) -> None:
    crowd = Crowd(house, wired)
    anna = crowd.enter("anna", house.meeting())
    anna.evaluate(LINES, {"seats": circle_of(anna), "swapped": "seat-ruth" if swapped else ""})
    if swapped:
        expect(anna.locator("#lock-said")).to_contain_text("The line to Ruth does not end where it says.")
        own = circle_of(anna)[0]["id"]
        expect_outcome(anna, "seat-ruth", {"is": "differs", "seat": own})
    else:
        expect(anna.locator("#lock-words li")).to_have_count(4)
    anna.context.close()
    assert crowd.problems == []


def expect_outcome(page: Page, seat: str, outcome: dict[str, str]) -> None:
    """Wait until another's line check comes to this."""
    page.wait_for_function("([seat, is]) => circle.outcome(seat).is === is", arg=[seat, outcome["is"]])
    assert page.evaluate("(seat) => circle.outcome(seat)", seat) == outcome


def test_where_enid_carries_no_sound_there_is_no_lock(house: House, crowd: Crowd) -> None:
    anna = crowd.enter("anna", house.meeting(setting="beside"))
    expect(anna.locator("#lock, #lock-dialog")).to_have_count(0)
