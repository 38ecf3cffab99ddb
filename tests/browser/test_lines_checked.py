"""The line check over the real wire: everyone reads the same words, and a false certificate is named."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import WATCHED, again, come_in
from tests.browser.room import press

# This page speaks of another certificate than its connections use, as a page does whose lines somebody took over.
SPEAKS_FALSELY = """
const offer = RTCPeerConnection.prototype.createOffer;
RTCPeerConnection.prototype.createOffer = async function (...given) {
  const { type, sdp } = await offer.apply(this, given);
  return { type, sdp: sdp.replace(/(fingerprint:sha-256 )..:..:/, "$100:00:") };
};
"""


def words_of(page: Page) -> list[str]:
    """Return the four words that a person reads."""
    expect(page.locator("#lock-words li")).to_have_count(4, timeout=60_000)
    return page.locator("#lock-words li").all_text_contents()


def test_everyone_reads_the_same_words_and_others_once_somebody_has_left(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, muted=True, unseen=True) for who in ("marta", "anna", "jonas")
    )
    whole = words_of(marta)
    for page in (anna, jonas):
        expect(page.locator("#lock-words")).to_have_text("".join(whole))
    press(jonas, "Leave")
    jonas.locator("#leave-yes").click()
    expect(marta.locator("#lock-words")).not_to_have_text("".join(whole))
    fewer = words_of(marta)
    expect(anna.locator("#lock-words")).to_have_text("".join(fewer))
    assert fewer != whole
    for page in (marta, anna):
        expect(page.locator("#lock-dialog")).to_be_hidden()


def test_line_whose_certificate_was_not_announced_is_named_to_everyone(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting, muted=True, unseen=True)
    anna = speakers.window("anna")
    anna.add_init_script(WATCHED + SPEAKS_FALSELY)
    again(anna, house, "anna", meeting, muted=True)
    expect(marta.locator("#lock-said")).to_contain_text("The line to Anna does not end", timeout=60_000)
    expect(marta.locator("#lock-stop")).to_be_visible()
