"""The menu of search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from portal.editor.words.asked import AskedViewSet
from portal.editor.words.needs import NeedsViewSet
from portal.editor.words.viewsets import (
    BestBetViewSet,
    HeldQuestionViewSet,
    PhraseViewSet,
    RankingWeightsViewSet,
    StopPhraseViewSet,
    SynonymViewSet,
)


class SearchGroup(ViewSetGroup):
    """What makes search understand people."""

    items = (
        NeedsViewSet,
        AskedViewSet,
        PhraseViewSet,
        HeldQuestionViewSet,
        SynonymViewSet,
        StopPhraseViewSet,
        BestBetViewSet,
        RankingWeightsViewSet,
    )
    menu_label = _("The search")
    menu_name = "search-words"
    menu_icon = "search"
    menu_order = 110
