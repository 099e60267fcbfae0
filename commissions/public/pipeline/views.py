"""What is coming, by quarter."""

from commissions.public.listing.page import list_view
from commissions.public.pipeline.page import PipelinePage

index = list_view(PipelinePage)
