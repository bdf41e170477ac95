"""Addresses of bodies, proposals, votes, tasks and what carries decisions out."""

from django.urls import path

from tequio.decisions.views import amending, bodies, carrying, proposals, proposing, speaking, tasks, voting

urlpatterns = [
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/priorities/", bodies.rank, name="rank_priorities"),
    path("bodies/<slug:body>/", bodies.body, name="body"),
    path("bodies/<slug:body>/sittings/", bodies.add_sitting, name="add_sitting"),
    path("bodies/<slug:body>/propose/", proposing.new_proposal, name="new_proposal"),
    path("sittings/<int:sitting_pk>/cancel/", bodies.drop_sitting, name="cancel_sitting"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<slug:proposal>/", proposals.proposal, name="proposal"),
    path("proposals/<slug:proposal>/history/", proposals.history, name="proposal_history"),
    path("proposals/<slug:proposal>/preview/", proposals.preview, name="proposal_preview"),
    path("proposals/<slug:proposal>/change/", proposing.change_proposal, name="change_proposal"),
    path("proposals/<slug:proposal>/priority/", proposing.set_priority, name="set_priority"),
    path("proposals/<slug:proposal>/circulate/", proposing.circulate, name="circulate"),
    path("proposals/<slug:proposal>/withdraw/", proposing.withdraw, name="withdraw_proposal"),
    path("proposals/<slug:proposal>/effects/<slug:kind>/", proposing.add_effect, name="add_effect"),
    path("proposals/<slug:proposal>/effects/<int:position>/remove/", proposing.remove_effect, name="remove_effect"),
    path("proposals/<slug:proposal>/delay/", speaking.delay, name="delay_proposal"),
    path("proposals/<slug:proposal>/comment/", speaking.comment, name="comment_proposal"),
    path("proposals/<slug:proposal>/position/", speaking.take_position, name="take_position"),
    path("proposals/<slug:proposal>/files/", speaking.attach, name="attach_file"),
    path("proposals/<slug:proposal>/files/<int:file_pk>/", speaking.attachment, name="attachment"),
    path("proposals/<slug:proposal>/files/<int:file_pk>/remove/", speaking.remove_attachment, name="remove_attachment"),
    path("proposals/<slug:proposal>/amend/", amending.amend, name="amend_proposal"),
    path("proposals/<slug:proposal>/amendments/<int:number>/", amending.amendment, name="amendment"),
    path("proposals/<slug:proposal>/divide/", amending.divide, name="divide_proposal"),
    path("proposals/<slug:proposal>/vote/", voting.open_vote, name="open_vote"),
    path("proposals/<slug:proposal>/vote/<slug:about>/", voting.open_first, name="open_first"),
    path("votes/<int:vote_pk>/", voting.vote, name="vote"),
    path("votes/<int:vote_pk>/cast/", voting.cast, name="cast_ballot"),
    path("votes/<int:vote_pk>/enter/", voting.enter, name="enter_ballots"),
    path("votes/<int:vote_pk>/close/", voting.close, name="close_vote"),
    path("decisions/<slug:code>/carry-out/", carrying.carry_out, name="carry_out"),
    path("decisions/<slug:code>/effects/<int:position>/drop/", carrying.drop, name="drop_effect"),
    path("decisions/<slug:code>/reverse/", carrying.reverse_decision, name="reverse_decision"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:action_pk>/close/", tasks.close_action, name="close_action"),
]
