"""A property that was tested on several devices is reported only once."""

import pages

from grader.reports import folded_devices


def evidence(name, verdict="met"):
    return pages.law(name, verdict, device="sim", points=0.0, max_points=0.0, evidence=True)


def test_evidence_is_told_by_the_property_device_alone():
    """A report shows each property once. Findings on further devices appear under `device`."""
    laws = [pages.law("shape"), pages.law("values"), evidence("shape", "not met"), evidence("values")]
    laws.append(pages.law("device", "not met", device="sim"))
    told = folded_devices.told(pages.exercise("one", *laws))
    assert [(one.id, one.device) for one in told.properties] == [
        ("shape", "cpu"),
        ("values", "cpu"),
        ("device", "sim"),
    ]
    assert (told.score, told.max_score) == (4.0, 6.0)


def test_one_device_is_told_as_it_is():
    """With a single device, nothing is left out."""
    laws = [pages.law("shape", "not met", device="sim")]
    assert folded_devices.folded(laws) == laws
