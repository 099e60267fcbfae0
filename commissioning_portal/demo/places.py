"""Where the story happens and what it is about: a county and the topics."""

from django.utils.text import slugify

from commissions.models import Area, Topic

AREAS = [  # code, name, kind, code of the parent; codes from 9xx are fictional
    ("E92000001", "England", "nation", None),
    ("E12000006", "East of England", "region", "E92000001"),
    ("E10000901", "Norfordshire", "county", "E12000006"),
    ("E07000901", "Eastmarsh", "district", "E10000901"),
    ("E07000902", "Westholt", "district", "E10000901"),
]

TOPICS = {
    "Adult social care": ["Care at home", "Carers", "Equipment and advocacy"],
    "Children and families": ["Disabled children", "Children in care", "Young people"],
    "Public health": ["Drugs and alcohol", "Sexual health", "Stopping smoking"],
    "Health care": ["Community health", "Patient transport"],
    "Housing and homelessness": ["Supported housing", "Homelessness"],
    "Roads and transport": ["School transport", "Road maintenance", "Street lighting"],
    "Waste and environment": ["Waste and recycling", "Parks and open spaces", "Floods"],
    "Libraries, leisure and culture": ["Libraries"],
    "Police and community safety": [
        "Domestic abuse",
        "Police custody",
        "Victims of crime",
    ],
    "Fire and rescue": ["Emergency communications"],
}


def topic(name, parent=None):
    """Return the topic of that name, adding it where there is none."""
    defaults = {"slug": slugify(name), "parent": parent}
    return Topic.objects.get_or_create(name=name, defaults=defaults)[0]


def load(story):
    """Add the areas and topics that are not there yet."""
    for code, name, kind, parent in AREAS:
        defaults = {
            "name": name,
            "slug": slugify(name),
            "kind": kind,
            "parent": Area.objects.filter(code=parent).first(),
        }
        Area.objects.get_or_create(code=code, defaults=defaults)
    for name, narrower in TOPICS.items():
        parent = topic(name)
        for child in narrower:
            topic(child, parent)
