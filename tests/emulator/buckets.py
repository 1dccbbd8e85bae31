"""S3: the mark of a deleted file can be deleted, as emptying a versioned bucket does."""
from moto.s3.models import FakeDeleteMarker

from patching import add


def apply():
    def dispose(self):
        pass

    add(FakeDeleteMarker, dispose)
