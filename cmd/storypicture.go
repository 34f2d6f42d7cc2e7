package cmd

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"sluss/internal/desk"
	"sluss/internal/idea"
	"sluss/internal/picture"
	"sluss/internal/render"
	"sluss/internal/view"
)

func newStoryPicture(env *Env) *cobra.Command {
	return env.parent("picture", env.t("Keep the pictures of good examples"),
		newPictureAdd(env), newPictureRemove(env), newPictureList(env), newPictureClean(env))
}

func newPictureAdd(env *Env) *cobra.Command {
	var in desk.PictureInput
	var shows []string
	c := &cobra.Command{
		Use:   "add NUMBER FILE --alt TEXT",
		Short: env.t("Add a picture to a good example"),
		Long: env.t(`Add a picture to a good example: JPEG, PNG or GIF, of which the first picture is
taken. It is copied into a folder beside the database, and nothing but its pixels
is kept: where, when and with which camera it was taken is gone.

--alt says what it shows, for those who cannot see it. Say with --shows who can be
seen: publishing asks for the consent to be pictured of each. Sluss recognises
nobody.`),
		Example:           `  sluss story picture add 14 film.jpg --alt "En vikarie ser en film på en platta" --caption "Första veckan" --shows 3`,
		Args:              exactly(2, idea.Word("the number of an idea and a file")),
		ValidArgsFunction: env.completeStoryFile,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			if in.Shows, err = giverNumbers(shows); err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			p, err := picture.Read(args[1])
			if err != nil {
				return err
			}
			in.File = p.Name(number)
			in.Place = func() (func(), error) {
				back, err := env.pictures().Keep(in.File, p)
				if err != nil {
					return nil, env.explain(c, err) // about the folder, not about the database
				}
				return back, nil
			}
			line, err := d.AddPicture(c.Context(), number, in)
			if err != nil {
				return err
			}
			return env.print(env.view().StoryDone([]desk.StoryLine{line}, view.PictureAdded(in.File)))
		},
	}
	c.Flags().StringVar(&in.Alt, "alt", "", env.t("what it shows, as a `TEXT` for those who cannot see it"))
	c.Flags().StringVar(&in.Caption, "caption", "", env.t("a `TEXT` below it"))
	c.Flags().StringArrayVar(&shows, "shows", nil, env.t("the number of a `GIVER` who can be seen; again for more"))
	return c
}

// pictures is the folder of pictures of the database that is open.
func (env *Env) pictures() picture.Folder { return picture.FolderOf(env.db.Path()) }

// pictureThere tells what is wrong with the file of a picture of a good example.
func (env *Env) pictureThere(file string) error {
	_, _, err := env.pictures().Size(file)
	if errors.Is(err, fs.ErrNotExist) {
		return idea.Errorf(idea.NotFound, "the picture %s is gone", env.pictures().Path(file)).
			WithHint("put it back, or take it out of the good example with sluss story picture remove")
	}
	return err
}

func (env *Env) completeStoryFile(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return env.completeStories(c, args, word)
	}
	return []string{"jpg", "jpeg", "png", "gif"}, cobra.ShellCompDirectiveFilterFileExt
}

func newPictureRemove(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NUMBER PICTURE",
		Short: env.t("Take a picture of a good example away, also from what is published"),
		Long: env.t(`Take a picture of a good example away by its number in the list, also from what
is published. The file stays, so that undo can bring it back; sluss story picture
clean deletes the files that no example uses.`),
		Example:           "  sluss story picture remove 14 1",
		Args:              exactly(2, idea.Word("the number of an idea and of a picture")),
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			at, err := strconv.Atoi(args[1])
			if err != nil {
				return idea.Errorf(idea.Usage, "%q is no number of a picture", args[1]).WithHint("sluss story picture list %d shows them", number)
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			line, err := d.RemovePicture(c.Context(), number, at)
			if err != nil {
				return err
			}
			return env.print(env.view().StoryDone([]desk.StoryLine{line}, view.PictureRemoved))
		},
	}
}

func newPictureList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:               "list NUMBER",
		Aliases:           []string{"ls"},
		Short:             env.t("List the pictures of a good example"),
		Example:           "  sluss story picture list 14",
		Args:              exactly(1, idea.Word("the number of an idea")),
		ValidArgsFunction: env.completeStories,
		RunE: func(c *cobra.Command, args []string) error {
			number, err := oneNumber(args[0])
			if err != nil {
				return err
			}
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			card, err := d.Story(c.Context(), number, desk.StoryReading{Fill: view.FillStory, Mask: env.t("[left out]")})
			if err != nil {
				return err
			}
			return env.print(env.view().StoryPictures(card))
		},
	}
}

func newPictureClean(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:     "clean",
		Short:   env.t("Delete the files of pictures that no good example uses"),
		Long:    env.t("Delete the files in the folder of pictures that no good example uses. A picture\nthat was removed cannot be brought back after that."),
		Example: "  sluss story picture clean --yes",
		Args:    none,
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := env.desk(c.Context())
			if err != nil {
				return err
			}
			_, unused, err := env.comparePictures(c.Context(), d)
			if err != nil {
				return err
			}
			if len(unused) > 0 {
				if err := env.confirm(env.p.N(len(unused), "Delete %d file for good?", "Delete %d files for good?")); err != nil {
					return err
				}
			}
			for _, name := range unused {
				if err := env.pictures().Remove(name); err != nil && !os.IsNotExist(err) {
					return err
				}
			}
			return env.print(render.Document{
				Notes: []string{env.p.N(len(unused), "%d file deleted", "%d files deleted")},
				JSON:  map[string]any{"deleted": append([]string{}, unused...)},
			})
		},
	}
}

// comparePictures gives the pictures whose files are missing and the files that
// no example uses.
func (env *Env) comparePictures(ctx context.Context, d *desk.Desk) (missing, unused []string, err error) {
	files, err := d.PictureFiles(ctx)
	if err != nil {
		return nil, nil, err
	}
	return env.pictures().Compare(slices.Sorted(maps.Keys(files)))
}
