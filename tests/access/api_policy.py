"""Who finds what through the API, and who may write there, verb by verb, by hand beside the rights."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.actor import Role
from tests.access.reach import GROUP, OWN, STRUCTURE

# The API: the kind of object behind each collection; who finds it is the object's own visibility.
API_KINDS: dict[str, str] = {
    "actions": "action",
    "appointments": "appointment",
    "assessments": "assessment",
    "barrier-readings": "barrier",
    "belongings": "belonging",
    "bloc-lines": "bloc_line",
    "blocs": "bloc",
    "certifications": "certification",
    "contracts": "contract",
    "conventions": "convention",
    "employer-accesses": "employer_access",
    "employers": "employer",
    "entry-profiles": "entry",
    "establishments": "establishment",
    "exits": "exit",
    "exports": "export",
    "published-tables": "published_table",
    "files": "file",
    "follow-ups": "follow_up",
    "gesture-lists": "gesture_list",
    "goals": "goal",
    "group-offers": "group_offer",
    "groups": "group",
    "immersions": "immersion",
    "trainings": "training",
    "hours-wishes": "hours_wish",
    "medical-visits": "medical_visit",
    "saved-days": "saved_days",
    "bulk": "structure",
    "column-maps": "column_map",
    "imports": "import",
    "structure-copies": "structure_copy",
    "interviews": "interview",
    "invitations": "invitation",
    "job-proposals": "proposal",
    "licences": "licence",
    "memberships": "membership",
    "hours-amendments": "amendment",
    "monthly-hours": "hours",
    "cvs": "cv",
    "derogations": "derogation",
    "eligibility-diagnoses": "diagnosis",
    "pass-prolongations": "prolongation",
    "pass-suspensions": "suspension",
    "passes": "pass",
    "access-copies": "access_copy",
    "data-requests": "data_request",
    "retentions": "retention",
    "passports": "passport",
    "people": "person",
    "person-accesses": "person_access",
    "placements": "placement",
    "profile-consents": "consent",
    "profiles": "profile",
    "reunions": "reunion",
    "stays": "stay",
    "structures": "structure",
    "relay-steps": "relay_step",
    "relays": "relay",
    "task-analyses": "analysis",
    "told-apart": "told_apart",
    "vae-projects": "vae",
    "watch-ends": "watch_end",
    "work-tasks": "task",
}
# Collections that say the same to everyone signed in, or only what concerns oneself.
API_PUBLIC_KNOWLEDGE = frozenset({"occupations", "competences", "rules"})
API_ONES_OWN = frozenset(
    {
        "alerts",
        "schema",
        "docs",
        "exit-statistics",
        "fte-statistics",
        "gap-statistics",
        "data-quality",
        "caseload-openings",
        "polycompetence",
        "team-skills",
        "team-figures",
        "unlocking",
        "observations",
    }
)

# Who may write by the API, verb by verb: how far from oneself the object it is about may stand. « - »: never.
# Elsewhere the answer is 403 when the row is visible (REACH above), 404 when it is not; a collection whose verb is
# not for a role says 403, and one that is sent an object out of reach says so of that field (400).
_WRITES = """
verb                             about            ADVISOR    SUPERVISOR MANAGER    GROUP_HEAD NETWORK_HEAD EMPLOYER BENEFICIARY ADMINISTRATOR COLLECTIVE_HEAD
conventions create               structure        -          -          structure  -          -          -          -          -          -
conventions partial_update       convention       -          -          structure  -          -          -          -          -          -
conventions cancel               convention       -          -          structure  -          -          -          -          -          -
rules simulate                   -                anything   anything   anything   anything   anything   -          -          anything   anything
caseload-openings create         -                anything   -          -          -          -            -        -           -     -
people create                    structure        structure  -          structure  -          -            -        -           -     -
people partial_update            person           own        -          structure  -          -            -        -           -     -
reunions create                  twin             own        -          structure  -          -            -        -           -     -
reunions separate                reunion          own        -          structure  -          -            -        -           -     -
told-apart create                twin             own        -          structure  -          -            -        -           -     -
told-apart withdraw              told_apart       own        -          structure  -          -            -        -           -     -
access-copies create             person           own        -          structure  -          -            -        own         -     -
data-requests create             person           own        -          structure  -          -            -        own         -     -
data-requests record_answer      data_request     own        -          structure  -          -            -        -           -     -
data-requests withdraw           data_request     own        -          structure  -          -            -        own         -     -
retentions create                person           -          -          structure  -          -            -        -           -     -
person-accesses create           newcomer         own        -          structure  -          -            -        -           -     -
person-accesses end              person_access    own        -          structure  -          -            -        -           -     -
entry-profiles create            newcomer         own        -          structure  -          -            -        -           -     -
entry-profiles partial_update    entry            own        -          structure  -          -            -        -           -     -
stays create                     waiting          own        -          structure  -          -            -        -           -     -
stays close                      stay             own        -          structure  -          -            -        -           -     -
stays assign                     stay             own        -          structure  -          -            -        -           -     -
contracts create                 stay             own        -          structure  -          -            -        -           -     -
contracts end                    contract         own        -          structure  -          -            -        -           -     -
hours-amendments create          contract         own        -          structure  -          -            -        -           -     -
monthly-hours create             contract         own        -          structure  -          -            -        -           -     -
passes create                    person           own        -          structure  -          -            -        -           -     -
passes close                     pass             own        -          structure  -          -            -        -           -     -
passes reopen                    pass             own        -          structure  -          -            -        -           -     -
pass-suspensions create          pass             own        -          structure  -          -            -        -           -     -
pass-suspensions correct         suspension       own        -          structure  -          -            -        -           -     -
pass-suspensions cancel          suspension       own        -          structure  -          -            -        -           -     -
pass-prolongations create        pass             own        -          structure  -          -            -        -           -     -
pass-prolongations correct       prolongation     own        -          structure  -          -            -        -           -     -
pass-prolongations record_answer prolongation     own        -          structure  -          -            -        -           -     -
pass-prolongations attach        prolongation     own        -          structure  -          -            -        -           -     -
pass-prolongations cancel        prolongation     own        -          structure  -          -            -        -           -     -
derogations create               stay             own        -          structure  -          -            -        -           -     -
derogations correct              derogation       own        -          structure  -          -            -        -           -     -
derogations record_answer        derogation       own        -          structure  -          -            -        -           -     -
derogations attach               derogation       own        -          structure  -          -            -        -           -     -
derogations cancel               derogation       own        -          structure  -          -            -        -           -     -
eligibility-diagnoses create     person           own        -          structure  -          -            -        -           -     -
eligibility-diagnoses correct    diagnosis        own        -          structure  -          -            -        -           -     -
eligibility-diagnoses cancel     diagnosis        own        -          structure  -          -            -        -           -     -
eligibility-diagnoses attach     diagnosis        own        -          structure  -          -            -        -           -     -
relays create                    person           own        -          structure  -          -            -        -           -             -
relays partial_update            relay            own        -          structure  -          -            -        -           -             -
relays agree                     relay            own        -          structure  -          -            -        own         -             -
relays change_agreement          relay            own        -          structure  -          -            -        own         -             -
relays deny                      relay            own        -          structure  -          -            -        own         -             -
relays withdraw                  relay            own        -          structure  -          -            -        own         -             -
relays confirm                   relay            own        -          structure  -          -            -        -           -             -
relays meet                      relay            own        -          structure  -          -            -        -           -             -
relays cancel                    relay            own        -          structure  -          -            -        -           -             -
relays accept                    relay_received   structure  -          structure  -          -            -        -           -             -
relays suggest                   relay_received   structure  -          structure  -          -            -        -           -             -
relays decline                   relay_received   structure  -          structure  -          -            -        -           -             -
relays welcome                   relay_received   structure  -          structure  -          -            -        -           -             -
relay-steps create               relay            own        -          structure  -          -            -        -           -             -
relay-steps partial_update       relay_step       own        -          structure  -          -            -        -           -             -
relay-steps settle               relay_step       own        -          structure  -          -            -        -           -             -
relay-steps cancel               relay_step       own        -          structure  -          -            -        -           -             -
interviews create                person           own        -          structure  -          -            -        -           -     -
interviews partial_update        interview        own        -          -          -          -            -        -           -     -
interviews cancel                interview        own        -          -          -          -            -        -           -     -
goals create                     person           own        -          structure  -          -            -        -           -     -
goals partial_update             goal             own        -          structure  -          -            -        -           -     -
watch-ends create                waiting          own        -          structure  -          -            -        -           -     -
watch-ends resume                watch_end        own        -          structure  -          -            -        -           -     -
hours-wishes create              person           own        -          structure  -          -            -        own         -     -
hours-wishes partial_update      hours_wish       own        -          structure  -          -            -        -           -     -
hours-wishes cancel              hours_wish       own        -          structure  -          -            -        -           -     -
medical-visits create            person           own        -          structure  -          -            -        -           -     -
medical-visits partial_update    medical_visit    own        -          structure  -          -            -        -           -     -
medical-visits cancel            medical_visit    own        -          structure  -          -            -        -           -     -
saved-days create                person           own        -          structure  -          -            -        -           -     -
saved-days partial_update        saved_days       own        -          structure  -          -            -        -           -     -
saved-days cancel                saved_days       own        -          structure  -          -            -        -           -     -
trainings create                 person           own        -          structure  -          -            -        -           -     -
trainings partial_update         training         own        -          structure  -          -            -        -           -     -
trainings finish                 training         own        -          structure  -          -            -        -           -     -
trainings cancel                 training         own        -          structure  -          -            -        -           -     -
trainings attach                 training         own        -          structure  -          -            -        -           -     -
immersions create                person           own        -          structure  -          -            -        -           -     -
immersions partial_update        immersion        own        -          structure  -          -            -        -           -     -
immersions renew                 immersion        own        -          structure  -          -            -        -           -     -
immersions end                   immersion        own        -          structure  -          -            -        -           -     -
immersions review                immersion        own        -          structure  -          -            -        -           -     -
immersions cancel                immersion        own        -          structure  -          -            -        -           -     -
actions create                   person           own        -          structure  -          -            -        -           -     -
actions settle                   action           own        -          structure  -          -            -        -           -     -
actions postpone                 action           own        -          structure  -          -            -        -           -     -
appointments create              person           own        -          structure  -          -            -        -           -     -
appointments settle              appointment      own        -          structure  -          -            -        -           -     -
appointments postpone            appointment      own        -          structure  -          -            -        -           -     -
exits partial_update             exit             own        -          structure  -          -            -        -           -     -
stays partial_update             stay             own        -          structure  -          -            -        -           -     -
stays cancel                     stay             own        -          structure  -          -            -        -           -     -
contracts partial_update         contract         own        -          structure  -          -            -        -           -     -
contracts cancel                 contract         own        -          structure  -          -            -        -           -     -
hours-amendments cancel          amendment        own        -          structure  -          -            -        -           -     -
monthly-hours cancel             hours            own        -          structure  -          -            -        -           -     -
passes partial_update            pass             own        -          structure  -          -            -        -           -     -
passes cancel                    pass             own        -          structure  -          -            -        -           -     -
exits cancel                     exit             own        -          structure  -          -            -        -           -     -
goals cancel                     goal             own        -          structure  -          -            -        -           -     -
actions partial_update           action           own        -          structure  -          -            -        -           -     -
actions cancel                   action           own        -          structure  -          -            -        -           -     -
appointments partial_update      appointment      own        -          structure  -          -            -        -           -     -
appointments cancel              appointment      own        -          structure  -          -            -        -           -     -
assessments create               person           own        structure  structure  -          -            -        -           -     -
assessments declare              person           own        -          structure  -          -            -        own         -     -
assessments attach               assessment       own        -          structure  -          -            -        -           -     -
assessments undo                 assessment       own        -          -          -          -            -        -           -     -
assessments comment              assessment       own        -          structure  -          -            -        own         -     -
observations create              -                anything   anything   anything   -          -            -        -           -     -
gesture-lists create             -                anything   anything   anything   -          -            -        -           -     -
gesture-lists partial_update     gesture_list     structure  structure  structure  -          -            -        -           -     -
cvs update                       cv               own        -          structure  -          -            -        own         -     -
cvs destroy                      cv               own        -          structure  -          -            -        own         -     -
passports create                 person           own        -          structure  -          -            -        own         -     -
passports withdraw               passport         own        -          structure  -          -            -        own         -     -
licences create                  person           own        -          structure  -          -            -        -           -     -
licences partial_update          licence          own        -          structure  -          -            -        -           -     -
licences cancel                  licence          own        -          structure  -          -            -        -           -     -
licences attach                  licence          own        -          structure  -          -            -        -           -     -
files remove                     file             own        -          structure  -          -            -        -           -     -
certifications create            -                anything   -          anything   -          -            -        -           -     -
certifications partial_update    certification    structure  -          structure  -          -            -        -           -     -
blocs create                     certification    structure  -          structure  -          -            -        -           -     -
blocs partial_update             bloc             structure  -          structure  -          -            -        -           -     -
blocs accept_lines               bloc             anything   -          anything   -          -            -        -           -     -
bloc-lines match                 bloc_line        anything   -          anything   -          -            -        -           -     -
vae-projects create              person           own        -          structure  -          -            -        -           -     -
vae-projects partial_update      vae              own        -          structure  -          -            -        -           -     -
vae-projects move                vae              own        -          structure  -          -            -        -           -     -
vae-projects correct             vae              own        -          structure  -          -            -        -           -     -
vae-projects cancel              vae              own        -          structure  -          -            -        -           -     -
vae-projects decline             vae              own        -          structure  -          -            -        -           -     -
employers create                 structure        structure  -          structure  group      -            -        -           -     structure
employers partial_update         employer         group      -          group      group      -            -        -           -     structure
employers cancel                 employer         group      -          group      group      -            -        -           -     structure
employer-accesses create         employer         structure  -          structure  -          -            -        -           -     -
employer-accesses end            employer_access  structure  -          structure  -          -            -        -           -     -
establishments create            employer         group      -          group      group      -            -        -           -     structure
establishments partial_update    establishment    group      -          group      group      -            -        -           -     structure
establishments cancel            establishment    group      -          group      group      -            -        -           -     structure
task-analyses create             establishment    group      -          group      group      -            -        -           -     structure
task-analyses partial_update     analysis         group      -          group      group      -            -        -           -     structure
task-analyses cancel             analysis         group      -          group      group      -            -        -           -     structure
task-analyses give_back          analysis         group      -          group      group      -            -        -           -     structure
work-tasks create                analysis         group      -          group      group      -            -        -           -     structure
work-tasks partial_update        task             group      -          group      group      -            -        -           -     structure
work-tasks destroy               task             group      -          group      group      -            -        -           -     structure
job-proposals create             task             group      -          group      group      -            -        -           -     structure
job-proposals partial_update     proposal         group      -          group      group      -            -        -           -     structure
job-proposals ask                person           own        -          structure  -          -            -        -           -     -
profile-consents record_answer   consent          own        -          structure  -          -            -        own         -     -
profile-consents withdraw        consent          own        -          structure  -          -            -        own         -     -
profile-consents respond         consent          -          -          -          -          -            own      -           -     -
placements create                stay             own        -          structure  -          -            -        -           -     -
follow-ups record                follow_up        own        -          structure  -          -            -        -           -     -
placements partial_update        hire             own        -          structure  -          -            -        -           -     -
placements cancel                hire             own        -          structure  -          -            -        -           -     -
follow-ups partial_update        call_made        own        -          structure  -          -            -        -           -     -
follow-ups cancel                call_made        own        -          structure  -          -            -        -           -     -
exports create                   structure        structure  -          structure  group      -            -        -           -     -
published-tables create          -                -          -          anything   anything   anything     -        -           -     -
imports create                   structure        -          -          structure  group      -            -        -           -     -
imports choose                   import           -          -          own        -          -            -        -           -     -
imports confirm                  import           -          -          own        -          -            -        -           -     -
structure-copies create          structure        -          -          structure  group      -            -        -           -     -
bulk create                      structure        -          -          structure  group      -            -        -           -     -
column-maps partial_update       column_map       -          -          structure  group      -            -        -           -     -
column-maps destroy              column_map       -          -          structure  group      -            -        -           -     -
groups create                    -                -          -          anything   -          -            -        -           -     -
groups partial_update            group            -          -          -          group      -            -        -           -     -
groups invite_head               group            -          -          -          group      -            -        -           -     -
belongings leave                 belonging        -          -          structure  group      -            -        -           -               -
group-offers create              -                -          -          anything   anything   -            -        -           -     anything
group-offers accept              group_offer      -          -          -          -          -            -        -           -     -
group-offers withdraw            group_offer      -          -          -          group      -            -        -           -     -
structures create                -                -          -          -          anything   -            -        -           -     -
structures partial_update        structure        -          -          structure  group      -            -        -           structure -
memberships end                  membership       -          -          structure  group      -            -        -           structure -
memberships reset_second_factor  membership       -          -          structure  -          -            -        -           -     -
invitations create               structure        -          -          structure  group      -            -        -           structure -
invitations approve              invitation       -          -          structure  -          -            -        -           -     -
invitations resend               invitation       -          -          structure  -          -            -        -           -     -
invitations withdraw             invitation       -          -          structure  group      -            -        -           structure -
"""
_DISTANCES = {
    "-": frozenset[str](),
    "own": OWN,
    "structure": STRUCTURE,
    "group": GROUP,
    "anything": GROUP | {"elsewhere"},
}


@dataclass(frozen=True)
class ApiWrite:
    """One verb of the API: the kind of object it is about (None for none), and who may, how far."""

    about: str | None
    reach: dict[Role, frozenset[str]]


def _written() -> dict[str, ApiWrite]:
    titles, *lines = (line.split() for line in _WRITES.strip().splitlines())
    roles = [Role(name) for name in titles[2:]]
    untold = {role.value for role in Role if role is not Role.OPERATOR} - {role.value for role in roles}
    assert not untold, f"a new role: give {untold} a column in the table of tests/access/api_policy.py"
    return {
        f"{collection} {verb}": ApiWrite(
            None if about == "-" else about,
            {role: _DISTANCES[word] for role, word in zip(roles, words, strict=True)},
        )
        for collection, verb, about, *words in lines
    }


API_WRITES = _written()
