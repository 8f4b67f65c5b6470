"""The words of the Core Business Vocabulary 2.0, and the spellings in which they come. Pure.

A word is kept bare (`shipping`). Files also write it as a URN (before 2.0), as an address, or with a prefix.
"""

from typing import Final

BIZ_STEP, DISPOSITION, TRANSACTION_TYPE, PARTY_TYPE = "bizStep", "disposition", "btt", "sdt"
REASON, COMPONENT, MEASUREMENT, ALERT = "reason", "component", "measurement", "alert"

_WORDS: Final[dict[str, str]] = {
    BIZ_STEP: """accepting arriving assembling collecting commissioning consigning creating_class_instance
        cycle_counting decommissioning departing destroying disassembling dispensing encoding entering_exiting
        holding inspecting installing killing loading other packing picking receiving removing repackaging
        repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound
        stock_taking stocking storing transporting unloading unpacking void_shipping""",
    DISPOSITION: """active available completeness_inferred completeness_verified conformant container_closed
        container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive
        mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant
        non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible
        sellable_not_accessible stolen unavailable unknown""",
    TRANSACTION_TYPE: "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt",
    PARTY_TYPE: "location owning_party possessing_party",
    REASON: "did_not_occur incorrect_data",
    COMPONENT: """x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting
        northing latitude longitude altitude""",
    MEASUREMENT: """AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
        AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance
        Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity
        ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force
        Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance
        LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass
        MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass
        MolarVolume Power Pressure Radioactivity RadiantFlux RadiantIntensity RelativeHumidity Resistance
        Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque
        Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber""",
    ALERT: "ALARM_CONDITION ERROR_CONDITION",
}
WORDS: Final = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}

_CBV, _VOC = "https://ref.gs1.org/cbv/", "https://gs1.org/voc/"
ADDRESSES: Final = {
    BIZ_STEP: _CBV + "BizStep-",
    DISPOSITION: _CBV + "Disp-",
    TRANSACTION_TYPE: _CBV + "BTT-",
    PARTY_TYPE: _CBV + "SDT-",
    REASON: _CBV + "ER-",
    COMPONENT: _CBV + "Comp-",
    MEASUREMENT: _VOC,
    ALERT: _VOC,
}
_URNS: Final = {
    BIZ_STEP: "urn:epcglobal:cbv:bizstep:",
    DISPOSITION: "urn:epcglobal:cbv:disp:",
    TRANSACTION_TYPE: "urn:epcglobal:cbv:btt:",
    PARTY_TYPE: "urn:epcglobal:cbv:sdt:",
    REASON: "urn:epcglobal:cbv:er:",
}
_PREFIXED: Final = (("cbv:", _CBV), ("gs1:", _VOC))


def bare(kind: str, value: object, *, urns: bool = False) -> object:
    """Return a word without its address or prefix; with `urns` (XML) without its URN as well; else as it came."""
    if not isinstance(value, str) or ":" not in value:
        return value
    if urns and kind in _URNS and value.startswith(_URNS[kind]):
        return value[len(_URNS[kind]) :]
    whole = expanded(value).replace("https://ref.gs1.org/voc/", _VOC, 1)
    address = ADDRESSES[kind]
    word = whole[len(address) :] if whole.startswith(address) else ""
    return word if word in WORDS[kind] else value


def full(kind: str, value: str) -> str:
    """Return the address of a word, as hashes want it; what is no bare word stays, but for old URNs."""
    return addressed(expanded(value)) if ":" in value else ADDRESSES[kind] + value


def addressed(value: str) -> str:
    """Return a value with the address of its word instead of the old URN."""
    if value.startswith("urn:epcglobal:cbv:"):
        for kind, urn in _URNS.items():
            if value.startswith(urn):
                return ADDRESSES[kind] + value[len(urn) :]
    return value


def expanded(value: str) -> str:
    """Return a value with the prefixes `cbv:` and `gs1:`, which every file may use, written out."""
    for prefix, address in _PREFIXED:
        if value.startswith(prefix):
            return address + value[len(prefix) :]
    return value


def known(kind: str, value: object) -> bool:
    """Return whether a value is a word of the vocabulary, or somebody's own under somebody's own address.

    What claims to be of the standard in its old form, and is no word of it, is neither; as its schema has it.
    """
    if not isinstance(value, str):
        return False
    return value in WORDS[kind] or (
        ":" in value and not value.startswith(_TAKEN[kind in _MEASURED])
    )


_MEASURED: Final = frozenset({MEASUREMENT, ALERT})
_TAKEN: Final = (
    ("urn:epcglobal:cbv", "http://ns.gs1.org/cbv/", "https://ns.gs1.org/cbv/"),
    ("http://gs1.org/voc/", _VOC, "http://www.gs1.org/voc/", "https://www.gs1.org/voc/"),
)
